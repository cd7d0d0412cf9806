export { countCalls } from './answers/count-calls.js';
export { jsonOf, readAll } from './answers/read-all.js';
export { given, type DeciderGiven, type DecisionGiven } from './deciders/given.js';
export {
  drained,
  listenerOf,
  ManualClock,
  openEmbedded,
  type EmbeddedParts,
} from './embedded/open-embedded.js';
export * from './peers/index.js';
export { bundleProgram, removeProgram, RunningProgram } from './programs/program.js';
export { LogProcesses, type LogWork } from './programs/log-process.js';
export {
  backupSourceDeaf,
  backupSourceRemembering,
  backupSourceTrusting,
} from './saboteurs/backup-sources.js';
export { CounterLog } from './saboteurs/counter-log.js';
export {
  hospitableDirectory,
  rememberingDirectory,
  shruggingDirectory,
} from './saboteurs/directories.js';
export {
  feedOpeningAtNow,
  feedScanningOneType,
  feedWithoutAbsence,
} from './saboteurs/change-feeds.js';
export { documentsWithoutEra } from './saboteurs/documents-without-era.js';
export {
  chatRememberingMessages,
  chatTakingSilenceForNo,
  chatWritingTwice,
} from './saboteurs/chats.js';
export {
  modelAskingAgain,
  modelEndingQuietly,
  modelWaitingForAll,
} from './saboteurs/chat-models.js';
export {
  embedderForgettingItsModel,
  embedderOfAnyLength,
  embedderSkippingBlanks,
} from './saboteurs/embedders.js';
export { HonestKeys, OneKeyForAll, RebornKeys } from './saboteurs/keys.js';
export {
  inMemoryOutbound,
  type Behaviour,
  type Given,
  type Received,
} from './fakes/outbound/in-memory-outbound.js';
export { keyOf, MemoryCollection } from './fakes/feeds/memory-collection.js';
export { MemoryFeed, type MemoryFeedOptions } from './fakes/feeds/memory-feed.js';
export {
  FakeRocketchat,
  type FakeRocketchatOptions,
  type SentCall,
} from './fakes/rocketchat/fake-rocketchat.js';
export { type ChatDocuments } from './fakes/rocketchat/chat-documents.js';
export { type RocketchatEra } from './fakes/rocketchat/chat-refusal.js';
export { type HookAnswer, type HookPost } from './fakes/rocketchat/outgoing-hooks.js';
export { RocketchatState, type ChatThing } from './fakes/rocketchat/rocketchat-state.js';
export {
  MemoryChat,
  type ChatCallName,
  type ChatHook,
  type ChatJournalEntry,
} from './fakes/chat/memory-chat.js';
export { type MemoryTalkRoom, type WrittenMessage } from './fakes/chat/memory-talk.js';
export { MemoryDirectory } from './fakes/directory/memory-directory.js';
export { FakeAircall, type FakeAircallOptions } from './fakes/aircall/fake-aircall.js';
export { startFakeServer, type FakeRequest, type FakeServer } from './fakes/web/fake-server.js';
export type { Post, Posted } from './fakes/web/outbox.js';
export { FakeGuesty, type FakeGuestyOptions } from './fakes/guesty/fake-guesty.js';
export { MemorySearchIndex } from './memory-search-index.js';
export {
  embeddingsAnswerOf,
  FakeEmbeddings,
  type EmbeddingsAnswer,
  type EmbeddingsRequest,
  type EmbeddingsScript,
} from './fakes/models/fake-embeddings.js';
export {
  MemoryEmbedder,
  type EmbeddedTexts,
  type MemoryEmbedderOptions,
} from './fakes/models/memory-embedder.js';
export {
  ObeyingChatModel,
  type ObeyingChatModelOptions,
} from './fakes/models/obeying-chat-model.js';
export {
  ScriptedChatModel,
  type ChatScript,
  type ChatStep,
  type ScriptedChatModelOptions,
} from './fakes/models/scripted-chat-model.js';
export {
  FakeChat,
  type ChatArrival,
  type ChatPace,
  type ChatRefusal,
} from './fakes/models/fake-chat.js';
export { questionIn, readingScript, type ReadingOptions } from './fakes/models/reading-script.js';
export { MemoryReranker, overlapOf } from './fakes/models/memory-reranker.js';
export { rerankerBestFirst, rerankerShrugging } from './saboteurs/rerankers.js';
export { MemoryDisk } from './fakes/backups/memory-disk.js';
export {
  MemoryRepository,
  type HeldCall,
  type MemoryRepositoryOptions,
  type RepositoryCall,
} from './fakes/backups/memory-repository.js';
export { MemoryVault, type KeptSnapshot, type MemoryLock } from './fakes/backups/memory-vault.js';
export { MemoryScratch, type MemoryScratchOptions } from './fakes/backups/memory-scratch.js';
export { MemorySource, type MemorySourceOptions } from './fakes/backups/memory-source.js';
export {
  repositoryBreakingLocks,
  repositoryRemovingByName,
  repositorySkippingMissing,
} from './saboteurs/snapshot-repositories.js';
export {
  scratchForgettingItsRun,
  scratchKeepingFolders,
  scratchWithoutFence,
} from './saboteurs/scratches.js';
export {
  MemoryFleet,
  type FleetCall,
  type MemoryFleetOptions,
  type MemoryMachine,
} from './fakes/servers/memory-fleet.js';
export {
  FakeHetzner,
  type FakeHetznerOptions,
  type HetznerHeard,
  type HetznerTrouble,
} from './fakes/hetzner/fake-hetzner.js';
export { type HetznerErrorCode } from './fakes/hetzner/hetzner-refusal.js';
export { type HetznerCall } from './fakes/hetzner/hetzner-routes.js';
export {
  type HetznerHooks,
  type HetznerMachine,
  type HetznerState,
} from './fakes/hetzner/hetzner-state.js';
export { FakeR2, type FakeR2Options, type R2Call, type R2LockRule } from './fakes/r2/fake-r2.js';
export { StandingTime } from './fakes/servers/standing-time.js';
export {
  fleetBelievingItsOrders,
  fleetListingTooMuch,
  fleetTrustingNames,
} from './saboteurs/server-fleets.js';
