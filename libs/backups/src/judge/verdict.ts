import type { RepositoryDamageCode } from '#libs/ports/snapshot-repository';

/** `unreadable`: nobody can tell, since it does not open. */
export type RepositoryVerdict = 'good' | 'bad' | 'unreadable';

export type RepositoryFindingCode =
  | RepositoryDamageCode
  | 'ACCESS_DENIED'
  | 'CHECK_CUT_OFF'
  | 'CONFIG_DAMAGED'
  | 'CONFIG_MISSING'
  | 'INDEX_MISSING'
  | 'KEY_MISSING'
  | 'PASSWORD_WRONG'
  | 'REPOSITORY_FOREIGN'
  | 'REPOSITORY_LOCKED'
  | 'REPOSITORY_MISSING'
  | 'REPOSITORY_UNREACHABLE'
  | 'RESTORE_DIFFERS'
  | 'SNAPSHOTS_NONE'
  | 'SNAPSHOT_CLOCK_WRONG'
  | 'SNAPSHOT_EMPTY'
  | 'SNAPSHOT_FOREIGN'
  | 'SNAPSHOT_FROM_FUTURE'
  | 'SNAPSHOT_OLD';

export interface RepositoryFinding {
  readonly code: RepositoryFindingCode;
  readonly detail: string;
}

/** How much is looked at: indexes and trees; everything that is stored; or what comes back as well. */
export const judgeDepths = ['structure', 'data', 'restore'] as const;
export type JudgeDepth = (typeof judgeDepths)[number];

export interface RepositoryJudgement {
  readonly verdict: RepositoryVerdict;
  readonly findings: readonly RepositoryFinding[];
  readonly depth: JudgeDepth;
  readonly snapshots: number;
  /** RFC 3339, of the newest snapshot. */
  readonly newest?: string;
}
