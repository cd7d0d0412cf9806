import type { Id } from '#libs/kernel';
import type { SourceProof } from '#libs/ports/backup-source';

import type { RunDrill } from '../run/backup-run.js';
import type { PlatformProof } from './platform-proof.js';

/** Everything that a drill saw, and when. */
export interface DrilledRun {
  readonly of: Id;
  readonly proofs: readonly SourceProof[];
  /** Missing: this run has no log of ours. */
  readonly platform?: PlatformProof;
  readonly beganAt: number;
  /** When the last thing ran on what came back. */
  readonly ranAt: number;
}

export const judgeDrill = (_drilled: DrilledRun): RunDrill => {
  throw new Error('not yet');
};
