import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { Secret } from '#libs/kernel';
import type { SnapshotRepository } from '#libs/ports/snapshot-repository';
import type { RepositoryFolders, SnapshotRepositoryHarness } from '#suites/snapshot-repository';

import { resticRepository, type BucketCredentials, type ResticOptions } from '../src/index.js';

/** Where a repository of a test lies, and how it is opened. */
export interface RepositoryPlace {
  readonly repository: string;
  readonly credentials?: BucketCredentials;
  /** Who may read a bucket and write nothing. */
  readonly reader?: BucketCredentials;
  /** Where its files lie. */
  readonly files: string;
  restart(): Promise<void>;
}

export const password = 'the password of the tests';

/** A folder of one test, gone afterwards. */
export const newTestFolder = (): string => mkdtempSync(join(tmpdir(), 'innkeeper-restic-'));

export const filesUnder = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
        statSync(join(folder, path)).isFile(),
      )
    : [];

/** Locks that are whole: one is written under another name first. */
export const locksIn = (repository: string): string[] =>
  filesUnder(join(repository, 'locks')).filter((name) => /^[0-9a-f]{64}$/.test(name));

export const foldersIn = (root: string): RepositoryFolders => ({
  place: (name) => join(root, name),
  write: async (path, text) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  },
  remove: async (path) => rmSync(path, { recursive: true }),
  empty: async (name) => {
    mkdirSync(join(root, name), { recursive: true });
    return join(root, name);
  },
  read: async (folder) =>
    Object.fromEntries(
      filesUnder(folder).map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
    ),
});

/** A program that is restic with more arguments, and notes who it is. */
export const resticWith = (folder: string, program: string, args: string): string => {
  const path = join(folder, `restic-${createHash('sha1').update(args).digest('hex').slice(0, 8)}`);
  const note = `echo $$ > '${path}.pid'`;
  writeFileSync(path, `#!/bin/sh\n${note}\nexec '${program}' ${args} "$@"\n`, { mode: 0o700 });
  return path;
};

export const pidOf = (program: string): number => Number(readFileSync(`${program}.pid`, 'utf8'));

const largest = (folder: string): string => {
  const packs = filesUnder(folder).map((path) => join(folder, path));
  const [first = ''] = packs.sort((a, b) => statSync(b).size - statSync(a).size);
  return first;
};

/** Changes one byte in the middle. */
const flip = (path: string): void => {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  chmodSync(path, 0o600);
  writeFileSync(path, bytes);
};

export interface ResticHarnessOptions {
  readonly program: string;
  readonly version: string;
  readonly place: RepositoryPlace;
  readonly folder: string;
  readonly environment: ResticOptions['environment'];
}

export const resticHarness = (options: ResticHarnessOptions): SnapshotRepositoryHarness => {
  const { program, version, place, folder, environment } = options;
  const slow = resticWith(folder, program, '--limit-upload 20');
  const open = (change: Partial<ResticOptions> = {}): SnapshotRepository =>
    resticRepository({
      program,
      repository: place.repository,
      ...(place.credentials && { credentials: place.credentials }),
      password: new Secret(password),
      environment,
      graceMs: 1000,
      ...change,
    });
  return {
    capabilities: {
      saysContent: version.startsWith('0.14.') ? { because: 'restic says it since 0.17' } : true,
    },
    make: (as) => open(as && { password: new Secret('another password') }),
    makeSlow: () => open({ program: slow }),
    killSlow: async () => {
      const pid = pidOf(slow);
      process.kill(pid, 'SIGKILL');
      while (existsSync(`/proc/${pid}`)) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    makeReader: () =>
      place.reader
        ? open({ credentials: place.reader })
        : open({ program: reader(place.files, folder, program) }),
    folders: foldersIn(join(folder, 'disk')),
    stored: async () =>
      filesUnder(place.files).map((path) => {
        const bytes = readFileSync(join(place.files, path));
        return `${path} ${createHash('sha256').update(bytes).digest('hex')}`;
      }),
    locks: async () => locksIn(place.files).length,
    damage: async (part) => {
      if (part === 'content missing') rmSync(largest(join(place.files, 'data')));
      if (part === 'content changed') flip(largest(join(place.files, 'data')));
      if (part === 'snapshot changed') flip(largest(join(place.files, 'snapshots')));
    },
    restart: place.restart,
    dispose: async () => {
      setModes(place.files, { ofFolders: 0o700, ofFiles: 0o600 });
      for (const each of [folder, place.files]) rmSync(each, { recursive: true, force: true });
    },
  };
};

/** Takes away every right to write. Root has it all the same, so its program gives that up. */
const reader = (files: string, folder: string, program: string): string => {
  setModes(files, { ofFolders: 0o500, ofFiles: 0o400 });
  if (process.getuid?.() !== 0) return program;
  return resticWith(folder, 'setpriv', `--bounding-set=-all --inh-caps=-all -- '${program}'`);
};

const setModes = (folder: string, modes: { ofFolders: number; ofFiles: number }): void => {
  if (!existsSync(folder)) return;
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const at = join(folder, path);
    chmodSync(at, statSync(at).isDirectory() ? modes.ofFolders : modes.ofFiles);
  }
  chmodSync(folder, modes.ofFolders);
};
