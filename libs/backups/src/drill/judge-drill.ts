import type { Id } from '#libs/kernel';
import type { BackupManifest, SourceProof } from '#libs/ports/backup-source';

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

type DrillDifference = RunDrill['sources'][number]['differences'][number];

/**
 * Good is only what was looked at and is as it should be. The age of what came back counts from when the oldest of its
 * copies was begun to the beginning of the drill. A disk that broke then would have cost as much.
 */
export const judgeDrill = ({ of, proofs, platform, beganAt, ranAt }: DrilledRun): RunDrill => {
  const sources = proofs.map((proof) => judgeSource(proof, platform));
  const isGood = sources.length > 0 && sources.every(({ differences }) => differences.length === 0);
  const taken = proofs.flatMap(({ manifest }) => (manifest.takenAt > 0 ? [manifest.takenAt] : []));
  return {
    of,
    verdict: isGood ? 'good' : 'bad',
    sources,
    rpoMs: Math.max(0, beganAt - Math.min(beganAt, ...taken)),
    rtoMs: Math.max(0, ranAt - beganAt),
  };
};

const judgeSource = (
  { manifest, differences, started }: SourceProof,
  platform: PlatformProof | undefined,
): RunDrill['sources'][number] => {
  const ofLog = manifest.kind === 'innkeeper' && platform;
  const runs = [
    ...(started === undefined ? [] : [started]),
    ...(ofLog ? ranAs(ofLog, manifest) : []),
  ];
  return {
    name: manifest.source,
    ...(runs.length > 0 && { started: runs.join(', ') }),
    differences: shortened([
      ...(ofLog ? logDifferences(ofLog, manifest) : []),
      ...(manifest.kind === 'keys' && platform?.opened === 'no' ? [NOT_OPENED] : []),
      ...differences,
    ]),
  };
};

/** One lost disk takes thousands of collections with it, and a run is one document with a limit. */
const shortened = (differences: readonly DrillDifference[]): readonly DrillDifference[] => {
  const shown = differences.slice(0, DIFFERENCES_SHOWN);
  const [first, ...others] = differences.slice(DIFFERENCES_SHOWN);
  return first ? [...shown, { ...first, detail: `and ${others.length + 1} more` }] : shown;
};

const DIFFERENCES_SHOWN = 20;

const NOT_OPENED: DrillDifference = {
  code: 'SEALED_VALUE_CLOSED',
  detail: 'the newest sealed value does not open with these keys',
};

const ranAs = ({ started }: PlatformProof, { versions }: BackupManifest): readonly string[] =>
  started ? [`Innkeeper on a copy of ${versions['innkeeper'] ?? 'an unknown version'}`] : [];

const logDifferences = (
  { started, chain, position, hash }: PlatformProof,
  { position: head }: BackupManifest,
): readonly DrillDifference[] => {
  if (!started) return [{ code: 'PLATFORM_NOT_STARTED', detail: 'innkeeper' }];
  if (chain === 'broken') return [{ code: 'CHAIN_BROKEN', detail: `position ${position}` }];
  if (chain === 'not_walked') return [{ code: 'CHAIN_NOT_WALKED', detail: 'innkeeper' }];
  const isHead = head?.at === 'log' && head.position === position && head.hash === hash;
  if (isHead) return [];
  return [{ code: 'HEAD_DIFFERS', detail: `position ${position}` }];
};
