import { expect } from '@jest/globals';

import {
  failureOf,
  foldersAt,
  HOST,
  oneSaved,
  watched,
  type RepositoryBehaviour,
} from './snapshot-repository-harness.contract.js';

const madeOnce: RepositoryBehaviour = async ({ make }) => {
  expect(await make().prepare(watched())).toEqual({ made: true });
  expect(await make().prepare(watched())).toEqual({ made: false });
  expect(await make().list(watched())).toEqual([]);
  expect(await make().check({ depth: 'structure' }, watched())).toEqual([]);
};

const missing: RepositoryBehaviour = async ({ make, folders }) => {
  const folder = await folders.empty('files');
  await folders.write(`${folder}/note.txt`, 'x');
  const to = await folders.empty('to');
  for (const work of [
    () => make().list(watched()),
    () => make().check({ depth: 'structure' }, watched()),
    () => make().restore({ snapshot: '0'.repeat(64), to }, watched()),
    () => make().save(foldersAt(folder), watched()),
    () => make().remove(['0'.repeat(64)], watched()),
    () => make().prune(watched()),
  ])
    expect(await failureOf(work())).toBe('BACKUP_REPOSITORY_MISSING');
};

const otherPassword: RepositoryBehaviour = async (harness) => {
  const { folder } = await oneSaved(harness);
  const other = harness.make({ password: 'other' });
  for (const work of [
    () => other.prepare(watched()),
    () => other.list(watched()),
    () => other.check({ depth: 'structure' }, watched()),
    () => other.save(foldersAt(folder), watched()),
  ])
    expect(await failureOf(work())).toBe('BACKUP_PASSWORD_WRONG');
};

const givesBack: RepositoryBehaviour = async (harness) => {
  const { repository, folder, saved } = await oneSaved(harness);
  expect(saved).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{64}$/), unreadable: 0 });
  expect([saved.files, saved.bytes]).toEqual([2, 42]);
  const to = await harness.folders.empty('to');
  const told: number[] = [];
  const restored = await repository.restore(
    { snapshot: saved.id, to },
    { ...watched(), onProgress: ({ bytesDone }) => told.push(bytesDone) },
  );
  expect(restored).toMatchObject({ files: 2, bytes: 42 });
  expect(Object.keys(restored.places)).toEqual([folder]);
  expect(await harness.folders.read(restored.places[folder] ?? '')).toEqual({
    'note.txt': 'The key is in the box.',
    'under/deep [1].txt': 'Pool closes at nine.',
  });
  expect(told.at(-1)).toBe(42);
};

const severalPaths: RepositoryBehaviour = async (harness) => {
  const { repository, folder } = await oneSaved(harness);
  const other = harness.folders.place('other');
  await harness.folders.write(`${other}/a.txt`, 'a');
  const { id } = await repository.save(foldersAt(folder, other), watched());
  const to = await harness.folders.empty('to');
  const { places } = await repository.restore({ snapshot: id, to }, watched());
  expect(Object.keys(places).sort()).toEqual([folder, other].sort());
  expect(await harness.folders.read(places[other] ?? '')).toEqual({ 'a.txt': 'a' });
  expect(Object.keys(await harness.folders.read(places[folder] ?? ''))).toHaveLength(2);
};

const onlyPath: RepositoryBehaviour = async (harness) => {
  const { repository, folder, saved } = await oneSaved(harness);
  const path = `${folder}/under/deep [1].txt`;
  await harness.folders.write(`${folder}/under/deep 1.txt`, 'Another one.');
  const { id } = await repository.save(foldersAt(folder), watched());
  const to = await harness.folders.empty('to');
  const restored = await repository.restore({ snapshot: id, to, path }, watched());
  expect([restored.files, restored.bytes]).toEqual([1, 20]);
  expect(Object.values(await harness.folders.read(to))).toEqual(['Pool closes at nine.']);
  const under = await harness.folders.empty('under');
  await repository.restore({ snapshot: id, to: under, path: `${folder}/under` }, watched());
  expect(Object.values(await harness.folders.read(under)).sort()).toEqual([
    'Another one.',
    'Pool closes at nine.',
  ]);
  const nothing = { snapshot: saved.id, to: await harness.folders.empty('none'), path: '/no/such' };
  expect(await failureOf(repository.restore(nothing, watched()))).toBe('BACKUP_NOT_FOUND');
};

const listed: RepositoryBehaviour = async (harness) => {
  const { repository, folder, saved } = await oneSaved(harness);
  await harness.folders.write(`${folder}/more.txt`, 'more');
  const second = await repository.save(
    { ...foldersAt(folder), tags: ['innkeeper', 'run:2'] },
    watched(),
  );
  const [first, last, ...others] = await harness.make().list(watched());
  expect(others).toEqual([]);
  expect([first?.id, last?.id]).toEqual([saved.id, second.id]);
  expect(first).toMatchObject({
    host: HOST,
    paths: [folder],
    time: expect.stringMatching(/^\d{4}-/),
  });
  expect(first?.tags).toEqual(['innkeeper', 'source:files', 'run:1']);
  expect(last?.tags).toEqual(['innkeeper', 'run:2']);
  expect(second.files).toBe(3);
  const says = harness.capabilities.saysContent === true;
  expect(last?.content).toEqual(says ? { files: 3, bytes: 46 } : undefined);
};

const storedOnce: RepositoryBehaviour = async (harness) => {
  const { repository, folder, saved } = await oneSaved(harness);
  const text = 'x'.repeat(200_000);
  await harness.folders.write(`${folder}/big.txt`, text);
  await repository.save(foldersAt(folder), watched());
  await harness.folders.write(`${folder}/again.txt`, text);
  const { addedBytes, bytes } = await repository.save(foldersAt(folder), watched());
  expect(bytes).toBe(400_042);
  expect(addedBytes).toBeLessThan(100_000);
  expect(saved.addedBytes).toBeGreaterThan(0);
};

const missingSource: RepositoryBehaviour = async (harness) => {
  const { repository, folder } = await oneSaved(harness);
  const away = harness.folders.place('away');
  for (const folders of [foldersAt(away), foldersAt(folder, away)])
    expect(await failureOf(repository.save(folders, watched()))).toBe('BACKUP_SOURCE_MISSING');
  expect(await repository.list(watched())).toHaveLength(1);
};

const neverOver: RepositoryBehaviour = async (harness) => {
  const { repository, folder, saved } = await oneSaved(harness);
  const order = { snapshot: saved.id, to: folder };
  expect(await failureOf(repository.restore(order, watched()))).toBe('BACKUP_TARGET_NOT_EMPTY');
  const to = await harness.folders.empty('to');
  const unknown = { snapshot: 'f'.repeat(64), to };
  expect(await failureOf(repository.restore(unknown, watched()))).toBe('BACKUP_NOT_FOUND');
};

const removes: RepositoryBehaviour = async (harness) => {
  const { repository, folder, saved } = await oneSaved(harness);
  const text = 'y'.repeat(50_000);
  await harness.folders.write(`${folder}/gone.txt`, text);
  const second = await repository.save(foldersAt(folder), watched());
  await harness.folders.remove(`${folder}/gone.txt`);
  const third = await repository.save(foldersAt(folder), watched());
  await repository.remove([], watched());
  await repository.remove([second.id], watched());
  await repository.remove([second.id, 'e'.repeat(64)], watched());
  const ids = (await repository.list(watched())).map(({ id }) => id);
  expect(ids).toEqual([saved.id, third.id]);
  const before = await harness.stored();
  await repository.prune(watched());
  expect(await harness.stored()).not.toEqual(before);
  expect(await repository.check({ depth: 'everything' }, watched())).toEqual([]);
  const to = await harness.folders.empty('to');
  expect((await repository.restore({ snapshot: third.id, to }, watched())).files).toBe(2);
  expect(await harness.locks()).toBe(0);
};

/** What was saved, restored and removed. */
export const contentBehaviours: Readonly<Record<string, RepositoryBehaviour>> = {
  'makes a repository once, and says whether it did': madeOnce,
  'says of everything that there is no repository before one is made': missing,
  'opens by no other password': otherPassword,
  'gives back what was in a folder, and says where it lies': givesBack,
  'saves several folders as one snapshot': severalPaths,
  'gives back only what lies at or under one path, with any characters in it': onlyPath,
  'lists snapshots oldest first, as they were labelled': listed,
  'stores the same content once': storedOnce,
  'makes no snapshot where a path is missing': missingSource,
  'restores over nothing, and no snapshot that is not there': neverOver,
  'removes the snapshots that were named and none besides, and gives their room back': removes,
};
