export {
  readRestoredNote,
  RESTORED_NOTE_FILE,
  restoredNoteText,
  type RestoredNote,
} from './adopt/restored-note.js';
export type { ToldRunState } from './adopt/told-run-state.js';
export {
  agentSteps,
  type AgentAnswer,
  type AgentCall,
  type AgentOrder,
  type AgentStep,
  type LentRepository,
} from './agent/agent-order.js';
export type {
  AgentEnd,
  AgentParts,
  AgentTask,
  AgentWatch,
  PullOrder,
  PullWatch,
} from './agent/agent-parts.js';
export type { AgentReport, AgentStepEnd } from './agent/agent-report.js';
export { lastingRepositories, lastingWarnings } from './agent/lasting-repositories.js';
export { workAsAgent } from './agent/work-as-agent.js';
export type { BackupServer } from './server/backup-server.js';
export type { ReapedServer, ReapedServers, ReapReason } from './server/reaped-servers.js';
export type { SealedSample, ServersParts, ServerWish } from './server/servers-parts.js';
export { notedKit } from './kit/kit-notes.js';
export { composeBackups } from './compose.js';
export type {
  AdvancedRun,
  AgentOpening,
  BackupRequest,
  BackupRunPage,
  Backups,
  ExportedCopy,
  PlannedRepository,
  RequestedBackup,
} from './run/use-cases.js';
export type {
  BackupNotice,
  BackupRepository,
  BackupsParts,
  RunNotice,
  ServerNotice,
} from './backups-parts.js';
export type { PlatformProof, RestoredPlatform } from './drill/platform-proof.js';
export { judgeRepository, type JudgeOrder, type JudgeParts } from './judge/judge-repository.js';
export type {
  RepositoryFile,
  RepositoryFileKind,
  RepositoryFiles,
} from './judge/repository-files.js';
export {
  judgeDepths,
  type JudgeDepth,
  type RepositoryFinding,
  type RepositoryFindingCode,
  type RepositoryJudgement,
  type RepositoryVerdict,
} from './judge/verdict.js';
export {
  KIT_NOTE_FILE,
  kitFingerprint,
  kitNoteText,
  kitStanding,
  readKitNote,
  type KitNote,
} from './kit/kit-fingerprint.js';
export { kitPage } from './kit/kit-page.js';
export {
  readRecoveryKit,
  recoveryKitText,
  RESTIC_TO_USE,
  type KitAccessKey,
  type KitRepository,
  type KitSecrets,
  type RecoveryKit,
} from './kit/recovery-kit.js';
export {
  KEYS_SOURCE,
  OWN_SOURCE,
  type BackupSet,
  type ListedRepositories,
  type SetSnapshot,
} from './restore/backup-set.js';
export {
  chooseRestore,
  type ChosenRestore,
  type PassedOverSet,
  type RestorePlan,
  type RestoreRefusal,
  type RestoreWish,
  type SetLack,
} from './restore/choose-restore.js';
export { endOfDay } from './restore/end-of-day.js';
export type {
  DatedSnapshot,
  KeepPolicy,
  KeptSnapshot,
  RetentionPlan,
} from './retention/keep-policy.js';
export { durationText, readKeepDuration, type KeepDuration } from './retention/keep-duration.js';
export { planRetention } from './retention/plan-retention.js';
export {
  dataPolicy,
  keysPolicy,
  unnamedKeysGoAfterMs,
  type KeysRetentionSettings,
  type RetentionSettings,
} from './retention/policies.js';
export { readSnapshotList, type SnapshotListReading } from './retention/read-snapshot-list.js';
export { watchedSince } from './outside/alert-documents.js';
export type { OutsideAlert } from './outside/outside-alerts.js';
export {
  watchFromOutside,
  type OutsideAlarm,
  type OutsidePart,
  type WatchFromOutsideParts,
  type OutsideReport,
} from './outside/watch-from-outside.js';
export { dataKeptUntil, keysKeptUntil } from './retention/kept-until.js';
export {
  hasEnded,
  hasSucceeded,
  isGood,
  runKinds,
  runSteps,
  unnamedIn,
  type BackupRun,
  type RunDrill,
  type RunError,
  type RunKind,
  type RunProgress,
  type RunRepository,
  type RunRetention,
  type RunServer,
  type RunSource,
  type RunStatus,
  type RunStep,
  type RunWarning,
} from './run/backup-run.js';
export {
  derivedCollections,
  isDerivedCollection,
  keptCollections,
} from './sources/kept-collections.js';
export { backupGauges, type BackupGauge } from './watch/backup-gauges.js';
export type {
  BackupTrouble,
  BackupTroubleCode,
  BackupTroubles,
  GoodBackup,
  ServerFigures,
  ShownDrill,
  WatchedBackups,
} from './watch/backup-troubles.js';
export { judgeBackups } from './watch/examine-backups.js';
export { readPresence, type OrchestratorPresence } from './watch/presence.js';
