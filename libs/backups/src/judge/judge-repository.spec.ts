import { describe, expect, it } from '@jest/globals';

import { fault } from '#libs/kernel';
import type {
  CheckDepth,
  RepositoryDamage,
  Snapshot,
  SnapshotRepository,
} from '#libs/ports/snapshot-repository';

import {
  judgeRepository,
  READ_UNASKED_BYTES,
  type JudgeOrder,
  type JudgeParts,
} from './judge-repository.js';
import type { RepositoryFile, RepositoryFiles } from './repository-files.js';

const NOW = Date.UTC(2026, 11, 1, 9);
const MINUTE = 60_000;
const digestOf = (sign: string): string => sign.repeat(64);

const snapshot = (sign: string, changed: Partial<Snapshot> = {}): Snapshot => ({
  ...{ id: digestOf(sign), time: new Date(NOW - 60 * MINUTE).toISOString(), host: 'laptop' },
  ...{ paths: ['/data'], tags: [], content: { files: 3, bytes: 3_000 } },
  ...changed,
});

const file = (kind: RepositoryFile['kind'], sign: string, bytes = 500): RepositoryFile => ({
  ...{ kind, name: digestOf(sign), bytes, writtenAt: NOW },
});

/** A folder as it should be; what `harmed` names is other bytes than it was. */
const folderOf = (files: readonly RepositoryFile[], harmed: readonly string[] = []) =>
  ({
    list: async () => files,
    compare: async ({ name }) => (harmed.includes(name) ? 'other' : 'same'),
  }) satisfies RepositoryFiles;
const whole = [
  ...[file('config', 'c'), file('key', 'd'), file('index', 'e'), file('snapshot', 'a')],
  file('pack', '1'),
];

type Witness = Pick<SnapshotRepository, 'list' | 'check' | 'restore'>;

const rig = (witness: Partial<Witness> = {}, parts: Partial<JudgeParts> = {}) => {
  const checked: CheckDepth[] = [];
  const repository: Witness = {
    list: async () => [snapshot('a')],
    check: async (depth) => {
      checked.push(depth);
      return [];
    },
    restore: async () => ({ files: 3, bytes: 3_000, places: {} }),
    ...witness,
  };
  const judge = (order: Partial<JudgeOrder> = {}) =>
    judgeRepository(
      {
        ...{ repository, now: () => NOW, onStage: () => undefined },
        emptyFolder: async () => '/scratch',
        ...parts,
      },
      { watch: { signal: new AbortController().signal }, ...order },
    );
  return { judge, checked };
};

const codesOf = async (...asked: Parameters<typeof rig>): Promise<string[]> =>
  (await rig(...asked).judge()).findings.map(({ code }) => code);
const listed = (...snapshots: readonly Snapshot[]): Partial<Witness> => ({
  list: async () => snapshots,
});
const damaged = (...damages: readonly RepositoryDamage[]): Partial<Witness> => ({
  check: async () => damages,
});

describe('a judge of repositories', () => {
  it('calls one good in which no witness finds anything', async () => {
    expect(await rig({}, { files: folderOf(whole) }).judge()).toEqual({
      ...{ verdict: 'good', findings: [], depth: 'data', snapshots: 1 },
      newest: snapshot('a').time,
    });
  });

  it.each([
    ['BACKUP_PASSWORD_WRONG', 'PASSWORD_WRONG'],
    ['BACKUP_ACCESS_DENIED', 'ACCESS_DENIED'],
    ['BACKUP_REPOSITORY_MISSING', 'REPOSITORY_MISSING'],
    ['BACKUP_REPOSITORY_UNREACHABLE', 'REPOSITORY_UNREACHABLE'],
    ['BACKUP_REPOSITORY_LOCKED', 'REPOSITORY_LOCKED'],
  ] as const)('cannot read one that says %s', async (code, found) => {
    const { judge, checked } = rig({ list: () => Promise.reject(fault(code)) });
    expect(await judge()).toMatchObject({ verdict: 'unreadable', findings: [{ code: found }] });
    expect(checked).toEqual([]);
  });

  it('throws what says nothing about the repository', async () => {
    const { judge } = rig({ list: () => Promise.reject(fault('BACKUP_RESTIC_MISSING')) });
    await expect(judge()).rejects.toMatchObject({ code: 'BACKUP_RESTIC_MISSING' });
  });

  it('goes on where one snapshot of a bucket does not open', async () => {
    const witness = {
      list: () => Promise.reject(fault('BACKUP_REPOSITORY_DAMAGED')),
      ...damaged({ code: 'SNAPSHOT_DAMAGED', detail: digestOf('b') }),
    };
    expect(await rig(witness).judge()).toMatchObject({ verdict: 'bad' });
    expect(await codesOf(witness)).toContain('SNAPSHOT_DAMAGED');
  });

  it('names a damaged configuration by what else is as it is called', async () => {
    const witness = { list: () => Promise.reject(fault('BACKUP_REPOSITORY_DAMAGED')) };
    expect(await rig(witness, { files: folderOf(whole) }).judge()).toMatchObject({
      ...{ verdict: 'unreadable', findings: [{ code: 'CONFIG_DAMAGED' }] },
    });
  });

  it('says once what two witnesses say, and shows some of what a lost pack takes with it', async () => {
    const parts = { files: folderOf(whole, [digestOf('1')]) };
    const twice = damaged({ code: 'PACK_DAMAGED', detail: `pack ${digestOf('1').slice(0, 8)}` });
    expect(await codesOf(twice, parts)).toEqual(['PACK_DAMAGED']);
    const trees = Array.from({ length: 30 }, (_, i) => ({
      ...{ code: 'TREE_DAMAGED' as const, detail: String(10_000_000 + i) },
    }));
    const { findings } = await rig(damaged(...trees)).judge();
    expect(findings).toHaveLength(21);
    expect(findings.at(-1)?.detail).toBe('and 10 more');
  });

  it('gives words to a witness that has none', async () => {
    const { findings } = await rig(damaged({ code: 'INDEX_DAMAGED', detail: '' })).judge();
    expect(findings[0]?.detail).toContain('its program says so');
  });
});

describe('a judge whose time is over', () => {
  it('says where, and never calls it good', async () => {
    const ending = new AbortController();
    const witness = {
      check: async () => {
        ending.abort(new DOMException('late', 'TimeoutError'));
        throw fault('BACKUP_REPOSITORY_UNREACHABLE');
      },
    };
    const judged = await rig(witness).judge({
      ...{ depth: 'restore', watch: { signal: ending.signal } },
    });
    expect(judged.verdict).toBe('bad');
    expect(judged.findings).toEqual([
      { code: 'CHECK_CUT_OFF', detail: expect.stringContaining('at the stage check') },
    ]);
  });

  it('cannot tell where nothing was listed yet', async () => {
    const signal = AbortSignal.abort(new DOMException('late', 'TimeoutError'));
    expect(await rig().judge({ watch: { signal } })).toMatchObject({ verdict: 'unreadable' });
  });

  it('judges nothing when a person stops it', async () => {
    const stopped = new Error('stopped');
    const signal = AbortSignal.abort(stopped);
    await expect(rig().judge({ watch: { signal } })).rejects.toBe(stopped);
  });
});

describe('how much a judge looks at', () => {
  const everything = [{ depth: 'everything' }];
  const structure = [{ depth: 'structure' }];

  it.each([
    ['all of a small folder', { files: folderOf(whole) }, 'data', everything],
    [
      'the structure of a large one',
      { files: folderOf([...whole, file('pack', '2', READ_UNASKED_BYTES)]) },
      'structure',
      structure,
    ],
    ['all of a bucket with small snapshots', {}, 'data', everything],
  ])('is %s', async (_, parts, depth, asked) => {
    const { judge, checked } = rig({}, parts);
    expect(await judge()).toMatchObject({ verdict: 'good', depth });
    expect(checked).toEqual(asked);
  });

  it('is the structure of a bucket of which nobody knows how large it is', async () => {
    const { content: _, ...unknown } = snapshot('a');
    const unmeasured = rig(listed(unknown));
    expect(await unmeasured.judge()).toMatchObject({ depth: 'structure' });
    const measured = rig(listed(unknown), { bytesOf: async () => 3_000 });
    expect(await measured.judge()).toMatchObject({ depth: 'data' });
  });

  it('is not all of it again where packs are known to be other bytes', async () => {
    const { judge, checked } = rig({}, { files: folderOf(whole, [digestOf('1')]) });
    await judge();
    expect(checked).toEqual(structure);
  });

  it('leaves out packs at the depth of the structure', async () => {
    const { judge } = rig({}, { files: folderOf(whole, [digestOf('1')]) });
    expect(await judge({ depth: 'structure' })).toMatchObject({ verdict: 'good' });
  });

  it('is what comes back, of the newest of each source', async () => {
    const restored: string[] = [];
    const tagged = (sign: string, source: string) => snapshot(sign, { tags: [`source:${source}`] });
    const all = [tagged('1', 'chat'), tagged('2', 'keys'), tagged('3', 'chat')];
    const { judge } = rig({
      ...listed(...all),
      restore: async ({ snapshot: id }) => {
        restored.push(id);
        return { files: 3, bytes: id === digestOf('2') ? 2_999 : 3_000, places: {} };
      },
    });
    const { findings } = await judge({ depth: 'restore' });
    expect(restored.toSorted()).toEqual([digestOf('2'), digestOf('3')]);
    expect(findings).toMatchObject([
      { code: 'RESTORE_DIFFERS', detail: expect.stringContaining('2999 bytes came back of 3000') },
    ]);
  });
});

describe('what a judge sees of snapshots', () => {
  const at = (ms: number) => ({ time: new Date(ms).toISOString() });

  it('is a time that cannot be, with ten minutes of grace', async () => {
    expect(await codesOf(listed(snapshot('a', at(NOW + 10 * MINUTE))))).toEqual([]);
    expect(await codesOf(listed(snapshot('a', at(NOW + 10 * MINUTE + 1))))).toEqual([
      'SNAPSHOT_FROM_FUTURE',
    ]);
    expect(await codesOf(listed(snapshot('a', { time: 'no time' })))).toEqual([
      'SNAPSHOT_CLOCK_WRONG',
    ]);
  });

  it('is a time after its own file was written', async () => {
    const written = { ...file('snapshot', 'a'), writtenAt: NOW - 120 * MINUTE };
    const files = folderOf([...whole.filter(({ kind }) => kind !== 'snapshot'), written]);
    expect(await codesOf({}, { files })).toEqual(['SNAPSHOT_CLOCK_WRONG']);
  });

  it('is a newest one with nothing in it, also where its version did not count', async () => {
    const full = snapshot('a');
    const empty = snapshot('b', { content: { files: 2, bytes: 0 } });
    expect(await codesOf(listed(full, empty))).toEqual(['SNAPSHOT_EMPTY']);
    expect(await codesOf(listed(empty, full))).toEqual([]);
    const { content: _, ...uncounted } = snapshot('b');
    expect(await codesOf(listed(uncounted), { bytesOf: async () => 0 })).toEqual([
      'SNAPSHOT_EMPTY',
    ]);
  });

  it('is one that its file has and the list has not', async () => {
    const files = folderOf([...whole, file('snapshot', 'b')]);
    const { findings } = await rig({}, { files }).judge();
    expect(findings).toMatchObject([{ code: 'SNAPSHOT_DAMAGED' }]);
  });

  it('is nothing that was removed by right while the judge looked', async () => {
    const gone = [file('snapshot', 'b'), file('pack', '2')];
    let looks = 0;
    const files: RepositoryFiles = {
      list: async () => (looks++ === 0 ? [...whole, ...gone] : whole),
      compare: async (one) => (gone.includes(one) ? 'gone' : 'same'),
    };
    expect(await codesOf({}, { files })).toEqual([]);
  });

  it('is its age where it is asked; one from the future is not young', async () => {
    const old = snapshot('a', at(NOW - 27 * 60 * MINUTE));
    const future = snapshot('b', at(NOW + 60 * MINUTE));
    const { findings } = await rig(listed(old, future)).judge({ newestWithinMs: 26 * 60 * MINUTE });
    expect(findings.map(({ code }) => code)).toEqual(['SNAPSHOT_FROM_FUTURE', 'SNAPSHOT_OLD']);
  });

  it('is somebody else: among ours, or of another host than the one that is asked for', async () => {
    const ours = snapshot('a', { tags: ['innkeeper'] });
    expect(await codesOf(listed(ours, snapshot('b')))).toEqual(['SNAPSHOT_FOREIGN']);
    expect(await codesOf(listed(snapshot('b')))).toEqual([]);
    expect(await rig().judge({ host: 'office' })).toMatchObject({
      findings: [{ code: 'SNAPSHOT_FOREIGN' }],
    });
  });
});
