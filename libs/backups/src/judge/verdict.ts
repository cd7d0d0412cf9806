import type { RepositoryDamageCode } from '#libs/ports/snapshot-repository';

/** `unreadable`: nobody can tell, since it does not open. */
export type RepositoryVerdict = 'good' | 'bad' | 'unreadable';

export type RepositoryFindingCode =
  | RepositoryDamageCode
  | 'ACCESS_DENIED'
  | 'PASSWORD_WRONG'
  | 'REPOSITORY_MISSING'
  | 'REPOSITORY_LOCKED'
  | 'REPOSITORY_UNREACHABLE'
  | 'SNAPSHOTS_NONE'
  | 'SNAPSHOT_EMPTY'
  | 'SNAPSHOT_FOREIGN'
  | 'SNAPSHOT_OLD'
  | 'SNAPSHOT_FROM_FUTURE';

export interface RepositoryFinding {
  readonly code: RepositoryFindingCode;
  readonly detail: string;
}

export interface RepositoryJudgement {
  readonly verdict: RepositoryVerdict;
  readonly findings: readonly RepositoryFinding[];
}
