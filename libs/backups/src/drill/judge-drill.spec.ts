import { describe, expect, it } from '@jest/globals';

import { derivedId } from '#libs/kernel';
import type { BackupManifest, SourceProof } from '#libs/ports/backup-source';

import { judgeDrill } from './judge-drill.js';
import type { PlatformProof } from './platform-proof.js';

const of = derivedId(1, new Uint8Array(32));
const manifest = (kind: BackupManifest['kind'], takenAt: number): BackupManifest => ({
  format: 1,
  source: kind,
  kind,
  takenAt,
  versions: { innkeeper: '0.1.0' },
  ...(kind === 'innkeeper' && {
    position: { at: 'log', era: 1, position: 9, hash: 'ab' } as const,
  }),
  counts: {},
  checksums: {},
  files: 1,
  bytes: 1,
});
const proof = (kind: BackupManifest['kind'], takenAt: number): SourceProof => ({
  manifest: manifest(kind, takenAt),
  differences: [],
  started: 'SQLite 3',
});
const whole: PlatformProof = {
  started: true,
  chain: 'whole',
  position: 9,
  hash: 'ab',
  opened: 'yes',
};
const both = [proof('innkeeper', 1_000), proof('keys', 2_000)];
const judged = (platform: PlatformProof, proofs = both) =>
  judgeDrill({ of, proofs, platform, beganAt: 61_000, ranAt: 64_500 });

describe('the verdict of a drill', () => {
  it('is good where every copy is as it should be, and says how old it was and how long it took', () => {
    expect(judged(whole)).toEqual({
      of,
      verdict: 'good',
      sources: [
        { name: 'innkeeper', started: 'SQLite 3, Innkeeper on a copy of 0.1.0', differences: [] },
        { name: 'keys', started: 'SQLite 3', differences: [] },
      ],
      rpoMs: 60_000,
      rtoMs: 3_500,
    });
  });

  it.each<[string, string, Partial<PlatformProof>]>([
    ['PLATFORM_NOT_STARTED', 'innkeeper', { started: false, chain: 'not_walked' }],
    ['CHAIN_BROKEN', 'innkeeper', { chain: 'broken', position: 4 }],
    ['CHAIN_NOT_WALKED', 'innkeeper', { chain: 'not_walked' }],
    ['HEAD_DIFFERS', 'innkeeper', { position: 8 }],
    ['HEAD_DIFFERS', 'innkeeper', { hash: 'cd' }],
    ['SEALED_VALUE_CLOSED', 'keys', { opened: 'no' }],
  ])('is bad with %s at %s', (code, name, change) => {
    const { verdict, sources } = judged({ ...whole, ...change });
    expect(verdict).toBe('bad');
    const found = sources.find((source) => source.name === name);
    expect(found?.differences.map((difference) => difference.code)).toEqual([code]);
  });

  it('is good where nothing is sealed yet', () => {
    expect(judged({ ...whole, opened: 'nothing' }).verdict).toBe('good');
  });

  it('is bad where one copy differs, and where nothing was proved', () => {
    const differing = {
      ...proof('folder', 500),
      differences: [{ code: 'FILE_MISSING', detail: 'a' }],
    };
    expect(judged(whole, [...both, differing as SourceProof]).verdict).toBe('bad');
    expect(judgeDrill({ of, proofs: [], beganAt: 5, ranAt: 6 }).verdict).toBe('bad');
  });

  it('names the first of very many differences, and how many more there are', () => {
    const differences = Array.from({ length: 500 }, (_, n) => ({
      code: 'FILE_MISSING',
      detail: `${n}`,
    }));
    const { sources } = judged(whole, [{ ...proof('folder', 500), differences } as SourceProof]);
    expect(sources[0]?.differences).toHaveLength(21);
    expect(sources[0]?.differences.at(-1)).toEqual({
      code: 'FILE_MISSING',
      detail: 'and 480 more',
    });
  });

  it('does not count a manifest that nobody could read as old', () => {
    expect(judged(whole, [...both, proof('folder', 0)]).rpoMs).toBe(60_000);
  });
});
