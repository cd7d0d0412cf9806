export {
  ERA_FACT_TYPE,
  ERA_STREAM,
  factBytes,
  hashCommit,
  hashFact,
  isTooLarge,
  NO_HASH,
  streamKey,
  type Digest,
} from './chain.js';
export {
  COMMIT_LIMIT,
  FACT_LIMIT,
  type Commit,
  type Decided,
  type DraftFact,
  type EventLog,
  type Head,
  type LogChain,
  type Observed,
  type StoredFact,
} from './event-log.port.js';
