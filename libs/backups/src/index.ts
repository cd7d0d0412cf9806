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
export {
  hasEnded,
  hasSucceeded,
  runKinds,
  runSteps,
  type BackupRun,
  type RunDrill,
  type RunError,
  type RunKind,
  type RunProgress,
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
