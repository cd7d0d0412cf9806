export { composeBackups } from './compose.js';
export type {
  AdvancedRun,
  BackupRequest,
  BackupRunPage,
  Backups,
  PlannedRepository,
  RequestedBackup,
} from './run/use-cases.js';
export type { BackupNotice, BackupRepository, BackupsParts } from './backups-parts.js';
export type { PlatformProof, RestoredPlatform } from './drill/platform-proof.js';
export { judgeDrill, type DrilledRun } from './drill/judge-drill.js';
export type {
  RepositoryFinding,
  RepositoryFindingCode,
  RepositoryJudgement,
  RepositoryVerdict,
} from './judge/verdict.js';
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
  keepsKeysTooLong,
  KEYS_GONE_DAYS,
  keysPolicy,
  oldestKeysDays,
  PRUNE_INTERVAL_DAYS,
  type KeysRetentionSettings,
  type RetentionSettings,
} from './retention/policies.js';
export { readSnapshotList, type SnapshotListReading } from './retention/read-snapshot-list.js';
export {
  hasEnded,
  hasSucceeded,
  isGood,
  runKinds,
  runSteps,
  type BackupRun,
  type RunDrill,
  type RunError,
  type RunKind,
  type RunProgress,
  type RunRepository,
  type RunRetention,
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
