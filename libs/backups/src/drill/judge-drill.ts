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

export const judgeDrill = ({ of, proofs, platform, beganAt, ranAt }: DrilledRun): RunDrill => {
  const isGood =
    proofs.every(({ differences }) => differences.length === 0) &&
    (!platform || (platform.started && platform.chain === 'whole' && platform.opened !== 'no'));
  return {
    ...{ of, verdict: isGood ? 'good' : 'bad' },
    sources: proofs.map(({ manifest, differences, started }) => ({
      ...{ name: manifest.source, differences },
      ...(started !== undefined && { started }),
    })),
    rpoMs: Math.max(0, beganAt - Math.min(...proofs.map(({ manifest }) => manifest.takenAt))),
    rtoMs: ranAt - beganAt,
  };
};
