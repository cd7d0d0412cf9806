export type { ApiCredentials, ApiLimit, ApiParts } from './api-parts.js';
export type {
  FollowedCollection,
  FromFeed,
  DocumentStanding,
  StandingOptions,
} from './followed.js';
export type { Hint } from './hint.js';
export type { Normalised, NormaliserInput, Observation } from './normalised.js';
export type {
  CredentialNote,
  FromApi,
  OwnNote,
  Proof,
  ProofTools,
  Provider,
  RawRequest,
  ProviderReply,
  SecretsNote,
  SignedRequest,
} from './provider.port.js';
export type {
  LookedUp,
  OnlyTold,
  ProviderApi,
  RawAnswer,
  Recipe,
  RecipePage,
  RecipePass,
  TimeRange,
  WantedWebhook,
  WebhookRegistration,
  WebhookState,
  WebhookTrouble,
} from './provider-api.port.js';
