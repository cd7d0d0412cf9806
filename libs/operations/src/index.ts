export { composeRegisters, type Registers, type RegistersParts } from './compose-registers.js';
export {
  composeOperations,
  type ObservedContexts,
  type Operations,
  type OperationsParts,
} from './compose.js';
export { announceAlert, type AnnouncedAlert } from './alerts/announce-alerts.js';
export type { Alert, Gap } from './alerts/alert.js';
export { alertId, createAlerts, type Alerts, type Trouble } from './alerts/alerts.js';
export { watchDoor, type OnAlert, type WatchDoorParts } from './alerts/watch-door.js';
export { alertCauses, backupCauses, type AlertCause, type BackupCause } from './alerts/causes.js';
export { sendCanary, type Knock } from './canary/send-canary.js';
export {
  createDeadLetters,
  deadLetterPartsCollection,
  deadLettersCollection,
  letterOf,
  type DeadLetter,
  type DeadLetters,
} from './dead-letters/dead-letters.js';
export { lettersMentioning, type MentioningLetter } from './dead-letters/letters-mentioning.js';
export { redriveAll } from './dead-letters/redrive-all.js';
export type { ConsumerState } from './doctor/consumers.js';
export { declareRestored, type Restored } from './doctor/declare-restored.js';
export { isNearlyFull, type DiskSpace } from './doctor/disk.js';
export type { DoorState } from './doctor/doors.js';
export { examine, type Examination, type ExamineParts } from './doctor/examine.js';
export type { Finding } from './doctor/findings.js';
export { verifyChain, type Verified } from './doctor/verify-chain.js';
export { createKnownSecrets, type KnownSecrets } from './sources/known-secrets.js';
export { apiNameOf, readSources, STRANGERS } from './sources/read-sources.js';
export type {
  ConfiguredSource,
  Sourced,
  SourceState,
  SyncState,
  QuarantinedCount,
} from './sources/source-state.js';
export { createTallies, type Tallies, type Tally } from './sources/tallies.js';
export {
  readFacts,
  type FactPage,
  type FactQuery,
  type FactReader,
  type ReadFacts,
  type ShownFact,
} from './trace/read-facts.js';
export type { Stage } from './trace/stages.js';
export { traceThing, type Trace } from './trace/trace-thing.js';
