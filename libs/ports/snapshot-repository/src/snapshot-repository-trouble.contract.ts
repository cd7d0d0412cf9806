import { expect } from '@jest/globals';

import type { RepositoryDamageCode } from './index.js';
import {
  bigText,
  expectSame,
  failureOf,
  foldersAt,
  oneSaved,
  until,
  watched,
  type RepositoryBehaviour,
  type SnapshotRepositoryHarness,
} from './snapshot-repository-harness.contract.js';

/** A save that is at work, with its lock in the repository. */
const slowSave = async (harness: SnapshotRepositoryHarness) => {
  const saved = await oneSaved(harness);
  const big = harness.folders.place('big');
  await harness.folders.write(`${big}/big.txt`, bigText(1));
  const stop = new AbortController();
  const saving = harness
    .makeSlow()
    .save(foldersAt(big), { signal: stop.signal })
    .then(
      () => 'saved' as const,
      (reason: unknown) => ({ reason }),
    );
  await until(async () => (await harness.locks()) > 0);
  return { ...saved, big, stop, saving };
};

const stops: RepositoryBehaviour = async (harness) => {
  const { repository, stop, saving } = await slowSave(harness);
  const reason = new Error('the step took too long');
  stop.abort(reason);
  expect(await saving).toEqual({ reason });
  expect(await harness.locks()).toBe(0);
  expect(await repository.list(watched())).toHaveLength(1);
  const before = { signal: AbortSignal.abort(reason) };
  await expect(repository.list(before)).rejects.toBe(reason);
  await expect(repository.prune(before)).rejects.toBe(reason);
};

const killed: RepositoryBehaviour = async (harness) => {
  const { repository, big } = await slowSave(harness);
  await harness.killSlow();
  expect(await repository.list(watched())).toHaveLength(1);
  expect(await repository.check({ depth: 'everything' }, watched())).toEqual([]);
  const { id, files } = await repository.save(foldersAt(big), watched());
  expect(files).toBe(1);
  expect(await repository.check({ depth: 'everything' }, watched())).toEqual([]);
  const to = await harness.folders.empty('to');
  await repository.restore({ snapshot: id, to }, watched());
  expect(Object.values(await harness.folders.read(to))).toEqual([bigText(1)]);
};

const breaksStale: RepositoryBehaviour = async (harness) => {
  const { repository, saved } = await slowSave(harness);
  await harness.killSlow();
  expect(await harness.locks()).toBe(1);
  await repository.prune(watched());
  expect(await harness.locks()).toBe(0);
  await repository.remove([saved.id], watched());
  expect(await repository.list(watched())).toEqual([]);
};

const respectsLive: RepositoryBehaviour = async (harness) => {
  const { repository, saved, folder, stop, saving } = await slowSave(harness);
  for (const work of [
    () => repository.prune(watched()),
    () => repository.remove([saved.id], watched()),
  ])
    expect(await failureOf(work())).toBe('BACKUP_REPOSITORY_LOCKED');
  expect(await harness.locks()).toBe(1);
  expect(await repository.list(watched())).toHaveLength(1);
  // Who saves is in nobody's way.
  await repository.save(foldersAt(folder), watched());
  stop.abort(new Error('enough'));
  await saving;
  await repository.prune(watched());
};

const readsBeside: RepositoryBehaviour = async (harness) => {
  const { repository, saved, stop, saving } = await slowSave(harness);
  expect(await repository.check({ depth: 'structure' }, watched())).toEqual([]);
  expect(await repository.list(watched())).toHaveLength(1);
  const to = await harness.folders.empty('to');
  await repository.restore({ snapshot: saved.id, to }, watched());
  stop.abort(new Error('enough'));
  await saving;
};

const changesNothing: RepositoryBehaviour = async (harness) => {
  const { saved } = await oneSaved(harness);
  const before = await harness.stored();
  const reader = harness.makeReader();
  expect(await reader.prepare(watched())).toEqual({ made: false });
  expect(await reader.list(watched())).toHaveLength(1);
  expect(await reader.check({ depth: 'everything' }, watched())).toEqual([]);
  expect(await reader.check({ depth: 'part', part: 1, of: 2 }, watched())).toEqual([]);
  const to = await harness.folders.empty('to');
  expect((await reader.restore({ snapshot: saved.id, to }, watched())).files).toBe(2);
  expectSame(before, await harness.stored());
};

const named: readonly (readonly [
  Parameters<SnapshotRepositoryHarness['damage']>[0],
  RepositoryDamageCode,
])[] = [
  ['content missing', 'PACK_MISSING'],
  ['content changed', 'PACK_DAMAGED'],
  ['snapshot changed', 'SNAPSHOT_DAMAGED'],
];

const namesDamage = named.map(([part, code]): [string, RepositoryBehaviour] => [
  `names what is wrong by ids: ${part}`,
  async (harness) => {
    const { repository, saved } = await oneSaved(harness);
    await harness.damage(part);
    const found = await repository.check({ depth: 'everything' }, watched());
    expect(found.map((damage) => damage.code)).toContain(code);
    for (const { detail } of found) expect(detail).toMatch(/^[0-9a-f]{0,64}$/);
    const to = await harness.folders.empty('to');
    const restoring = repository.restore({ snapshot: saved.id, to }, watched());
    expect(await failureOf(restoring)).toBe('BACKUP_REPOSITORY_DAMAGED');
  },
]);

const allParts: RepositoryBehaviour = async (harness) => {
  const { repository } = await oneSaved(harness);
  await harness.damage('content changed');
  const found: string[] = [];
  for (const part of [1, 2, 3])
    for (const { code } of await repository.check({ depth: 'part', part, of: 3 }, watched()))
      found.push(code);
  expect(found).toContain('PACK_DAMAGED');
};

const keeps: RepositoryBehaviour = async (harness) => {
  const { saved } = await oneSaved(harness);
  await harness.restart();
  const ids = (await harness.make().list(watched())).map(({ id }) => id);
  expect(ids).toEqual([saved.id]);
  expect(await harness.make().check({ depth: 'everything' }, watched())).toEqual([]);
};

/** Locks, kills, damage, and where nothing may be written. */
export const troubleBehaviours: Readonly<Record<string, RepositoryBehaviour>> = {
  'stops with the reason of the signal, leaving no lock and no snapshot': stops,
  'leaves no snapshot when it is killed, and goes on from there': killed,
  'breaks the lock of one who was killed': breaksStale,
  'respects the lock of one who works': respectsLive,
  'reads beside one who saves, and sees nothing wrong': readsBeside,
  'reads where nothing may be written, and changes nothing': changesNothing,
  ...Object.fromEntries(namesDamage),
  'reads all content in all parts': allParts,
  'keeps what it said was saved over a restart': keeps,
};
