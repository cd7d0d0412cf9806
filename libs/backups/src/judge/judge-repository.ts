import type { RepositoryWatch, SnapshotRepository } from '#libs/ports/snapshot-repository';

import type { RepositoryFiles } from './repository-files.js';
import type { JudgeDepth, RepositoryJudgement } from './verdict.js';

export interface JudgeParts {
  readonly repository: Pick<SnapshotRepository, 'list' | 'check' | 'restore'>;
  /** Where it lies in a folder: looked at first, by nobody's word but the bytes'. */
  readonly files?: RepositoryFiles | undefined;
  /** An empty folder for what is restored; emptied afterwards by who made it. */
  readonly emptyFolder: () => Promise<string>;
  readonly now: () => number;
  /** What is looked at now, for a person who waits. */
  readonly onStage?: (stage: string) => void;
}

export interface JudgeOrder {
  /** Missing: the data of a small folder, the structure of what is large or far away. */
  readonly depth?: JudgeDepth | undefined;
  /** The newest snapshot must be younger. */
  readonly newestWithinMs?: number | undefined;
  /** Every snapshot must be of this host. */
  readonly host?: string | undefined;
  readonly watch: RepositoryWatch;
}

export type JudgeRepository = (
  parts: JudgeParts,
  order: JudgeOrder,
) => Promise<RepositoryJudgement>;

export const judgeRepository: JudgeRepository = () => Promise.reject(new Error('not yet'));
