export {
  composeDoor,
  composeIntake,
  type DoorParts,
  type Intake,
  type IntakeParts,
} from './compose.js';
export {
  handInDelivery,
  handedInCollection,
  type HandedIn,
  type HandInOutcome,
} from './hand-in-delivery/hand-in-delivery.js';
export { quarantinedMentioning } from './quarantine/quarantined-mentioning.js';
export {
  createDeliveries,
  deliveriesCollection,
  deliveryPartsCollection,
  type Deliveries,
  type DeliveryRecord,
  type Packer,
} from './deliveries/deliveries.js';
export {
  ENTRY_OVERHEAD,
  quarantineCollection,
  type Quarantined,
} from './quarantine/capped-store.js';
export { createQuarantine, type Quarantine } from './quarantine/quarantine.js';
export {
  guardedAllowance,
  type DropReason,
  type QuarantineGuard,
} from './quarantine/quarantine-guard.js';
export { readQuarantine, type ReadQuarantine } from './quarantine/read-quarantine.js';
export {
  readDeliveries,
  type DeliveryQuery,
  type ReadDeliveries,
} from './read-deliveries/read-deliveries.js';
export { createAllowance, type Allowance } from './receive-delivery/allowance.js';
export { answerOf } from './receive-delivery/answer-of.js';
export { answerRequest } from './receive-delivery/answer-request.js';
export {
  receiveDelivery,
  type DoorRequest,
  type Received,
} from './receive-delivery/receive-delivery.js';
export {
  createHistoryRuns,
  historyKeyOf,
  IMPORT,
  isRepair,
  passesOf,
  REPAIR,
  runNameOf,
  type HistoryRun,
  type HistoryRuns,
} from './read-history/history-runs.js';
export {
  endHistory,
  failHistory,
  holdHistory,
  readHistory,
  stopHistory,
  type ReadOutcome,
} from './read-history/read-history.js';
export {
  createSyncSources,
  type SyncSource,
  type SyncSources,
} from './read-history/sync-sources.js';
export {
  receiveAnswers,
  type ProviderAnswer,
  type GoneEntity,
  type ReceivedAnswers,
} from './receive-answers/receive-answers.js';
export {
  refreshEntity,
  type ProviderApis,
  type Refreshed,
} from './refresh-entity/refresh-entity.js';
export {
  createWantedEntities,
  DEBOUNCE_MS,
  providerOf,
  wantedKeyOf,
  type WantedEntities,
  type WantedEntity,
} from './refresh-entity/wanted-entities.js';
export { expectedTold } from './watch-webhooks/expected-told.js';
export {
  firstToldAfter,
  lastTold,
  watchWebhooks,
  type Watched,
} from './watch-webhooks/watch-webhooks.js';
export {
  reprocessDeliveries,
  type Reprocessed,
  type Reprocessing,
} from './reprocess-deliveries/reprocess-deliveries.js';
export {
  apiSourceOf,
  isFeed,
  readerOf,
  type FollowedReaders,
  type KnownSources,
  type Source,
  type SourceReader,
  type Sources,
} from './sources.js';
export {
  takeInDeliveries,
  type Noticed,
  type TakenIn,
} from './take-in-deliveries/take-in-deliveries.js';
