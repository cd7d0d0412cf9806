export {
  composeCatalog,
  composeSearchedRecords,
  type Catalog,
  type CatalogParts,
} from './compose.js';
export { eraseAgain } from './erase/erase-again.js';
export {
  eraseRemoved,
  type EraseStreams,
  eraseStreams,
  type Erasure,
  type RemovedRecord,
} from './erase/erase-streams.js';
export type { ErasureSearch } from './erase/erasure-ports.js';
export type {
  ErasureChoice,
  ErasureFind,
  ErasureLook,
  ErasurePlan,
  ErasureRemainder,
  Mentions,
} from './erase/erasure-plan.js';
export { findListings, type FindListings } from './find-listings/find-listings.js';
export type { FoundListings, ListingName } from './find-listings/listing-names.js';
export { bearerKinds } from './identities/bearers.js';
export { mailHandle, phoneHandle, type Handle } from './identities/handles.js';
export type { OpenQuestion, QuestionPage } from './identities/list-questions.js';
export { mentioningKinds } from './identities/mentions.js';
export { readLinks, type Links, type ReadLinks } from './identities/read-links.js';
export {
  settleIdentity,
  type SettledIdentity,
  type SettlingWish,
} from './identities/settle-identity.js';
export type { LinkedPerson, NamedRecord, ShownEvidence } from './identities/shown-links.js';
export {
  resolveIdentities,
  type Bearer,
  type Evidence,
  type Person,
  type Question,
  type ResolvedIdentities,
  type Ruling,
} from './identities/resolve-identities.js';
export {
  changesOf,
  kindNames,
  recordKinds,
  type Change,
  type KindName,
  type RecordKind,
} from './kinds/index.js';
export { namersOf, namesOf, type RecordNamer, type RecordNaming } from './kinds/naming.js';
export { recordReading } from './kinds/record-reading.js';
export type { RecordSection, SectionSetting } from './kinds/record-section.js';
export {
  LONGEST_THREAD,
  readUnits,
  type ReadUnits,
  type RecordPointer,
  type UnitNamePage,
} from './read-units/read-units.js';
export { readHomeNames, type HomeName, type ReadHomeNames } from './read-names/read-home-names.js';
export type { RecordInUnit, RecordUnit } from './read-units/record-unit.js';
export { fold, valuesOf, type RecordState } from './merge/record-state.js';
export {
  createGenerations,
  kindInCollection,
  parkedFactsCollection,
  recordCollection,
  type Generations,
} from './project-records/generation.js';
export { recordDocuments, type RecordToStore } from './project-records/record-document.js';
export { projectRecords, type ProjectRecords } from './project-records/project-records.js';
export { beginAfresh } from './rebuild-records/begin-afresh.js';
export {
  carryOutRebuilds,
  type RebuildLeader,
  type RebuildsLooked,
} from './rebuild-records/carry-out-rebuilds.js';
export { compareGenerations } from './rebuild-records/compare-generations.js';
export { dropGeneration, dropLeftGenerations } from './rebuild-records/drop-generation.js';
export { leftGenerations } from './rebuild-records/left-generations.js';
export { LiveGate } from './rebuild-records/live-gate.js';
export type { HistoryEntry, RecordHistory } from './read-records/history.js';
export { isForAdmins } from './kinds/for-admins.js';
export {
  isHiddenOverApi,
  recordReaders,
  type ApiReader,
  type KindLimits,
  type MayRead,
  type RecordReaders,
} from './read-records/readers.js';
export {
  filtersOf,
  readRecords,
  recordsOverApi,
  type ParkedFact,
  type ReadRecords,
  type RecordPage,
  type RecordPlace,
  type RecordQuery,
} from './read-records/read-records.js';
export { withheldFacts, type WithheldFacts } from './read-records/withheld-facts.js';
export {
  rebuildRecords,
  type Rebuilt,
  type RebuildOptions,
  type RebuildProgress,
} from './rebuild-records/rebuild-records.js';
export {
  createRebuildRequests,
  type RebuildRequest,
  type RebuildRequests,
} from './rebuild-records/rebuild-requests.js';
export { relayFacts } from './relay-facts/relay-facts.js';
export { projectors, type ProjectorName } from './projectors.js';
