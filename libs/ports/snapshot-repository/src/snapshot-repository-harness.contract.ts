import { expect } from '@jest/globals';

import { asFault, type Code } from '#libs/kernel';

import type { RepositoryWatch, SavedFolders, SnapshotRepository } from './index.js';

/** What a back end can, or why it cannot. The suite proves both. */
export interface RepositoryCapabilities {
  /** Snapshots say how much is in them. */
  readonly saysContent: true | { readonly because: string };
}

/** Folders that are saved, and that are restored to. */
export interface RepositoryFolders {
  /** A path that is not there yet. */
  place(name: string): string;
  write(path: string, text: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** An empty folder. */
  empty(name: string): Promise<string>;
  /** Text of each file under a folder, by its path within. */
  read(folder: string): Promise<Readonly<Record<string, string>>>;
}

export interface SnapshotRepositoryHarness {
  readonly capabilities: RepositoryCapabilities;
  /** A handle on the one repository, as each process has its own. */
  make(as?: { readonly password: 'other' }): SnapshotRepository;
  /** A handle whose saves last until they are stopped or killed. */
  makeSlow(): SnapshotRepository;
  /** Kills who saves slowly as `kill -9` does. */
  killSlow(): Promise<void>;
  /** A handle that may read, and write nothing at all. */
  makeReader(): SnapshotRepository;
  readonly folders: RepositoryFolders;
  /** Names and sums of everything that is kept now, locks too. */
  stored(): Promise<readonly string[]>;
  locks(): Promise<number>;
  /** Takes away, or changes, a part of what the first snapshot stands on. */
  damage(part: 'content missing' | 'content changed' | 'snapshot changed'): Promise<void>;
  /** The back end, where it is a server. */
  restart(): Promise<void>;
  dispose(): Promise<void>;
}

export type RepositoryBehaviour = (harness: SnapshotRepositoryHarness) => Promise<void>;

/** For work that nobody stops. */
export const watched = (): RepositoryWatch => ({ signal: new AbortController().signal });

export const failureOf = async (work: Promise<unknown>): Promise<Code> => {
  const failed = await work.then(() => undefined, asFault);
  if (!failed) throw new Error('it did not fail');
  return failed.code;
};

export const HOST = 'innkeeper-suite';

export const foldersAt = (...paths: readonly string[]): SavedFolders => ({
  paths,
  host: HOST,
  tags: ['innkeeper', 'source:files', 'run:1'],
});

/** More than a slow save sends before anybody looks. */
export const bigText = (seed: number): string => {
  let state = seed;
  const words: string[] = [];
  for (let i = 0; i < 120_000; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    words.push(state.toString(36));
  }
  return words.join(' ');
};

/** A made repository with one folder in it that was saved. */
export const oneSaved = async (harness: SnapshotRepositoryHarness) => {
  const repository = harness.make();
  await repository.prepare(watched());
  const folder = harness.folders.place('files');
  await harness.folders.write(`${folder}/note.txt`, 'The key is in the box.');
  await harness.folders.write(`${folder}/under/deep [1].txt`, 'Pool closes at nine.');
  const saved = await repository.save(foldersAt(folder), watched());
  return { repository, folder, saved };
};

/** Looks again and again, as long as any test may last. */
export const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
};

export const expectSame = (before: readonly string[], after: readonly string[]): void =>
  expect([...after].sort()).toEqual([...before].sort());
