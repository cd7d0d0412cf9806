export { Bell } from './bell.js';
export {
  ERA_FACT_TYPE,
  ERA_STREAM,
  eraFact,
  factFrame,
  hashCommit,
  hashFact,
  NO_HASH,
  streamKey,
  type Digest,
} from './chain.js';
export { ChainWriter, sizeOf, type ChainFact, type PlacedFact } from './chain-writer.js';
export { checkDecision, checkDraft, excessBytes, factBytes } from './draft.js';
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
export { factsAfter, pagesOfLog, pagesOfStream, pagesOfStreams } from './pages.js';
export {
  checkpointOf,
  isAsAppended,
  holdsCheckpoint,
  verifyLog,
  type Checkpoint,
  type LogTrouble,
  type Verification,
} from './verify.js';
