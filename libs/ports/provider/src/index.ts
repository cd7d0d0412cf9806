export type {
  Normalised,
  NormaliserInput,
  Observation,
  Proof,
  ProofTools,
  Provider,
  RawRequest,
  Reply,
  SignedRequest,
} from './provider.port.js';
