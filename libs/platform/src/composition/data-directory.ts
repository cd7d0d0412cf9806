import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { fault, Secret } from '#libs/kernel';

/** The layout of the data directory. A newer one is left untouched, an older one is brought forward. */
export const DATA_FORMAT = 1;

/** What a start leaves for the command line and for a second start. */
export interface Running {
  readonly pid: number;
  readonly url: string;
  readonly startedAt: number;
}

export interface DataDirectory {
  readonly path: string;
  readonly file: (name: string) => string;
  /** A secret of this directory, made on first use: 32 random bytes as base64url, readable by its owner only. */
  readonly secret: (name: string) => Secret;
  readonly announce: (running: Running) => void;
  readonly release: () => void;
}

/**
 * Takes the directory for this process alone. Ownership is an exclusive lock inside SQLite, which the
 * kernel frees on `kill -9`; process ids say nothing in a container.
 */
export const openDataDirectory = (path: string): DataDirectory => {
  mkdirSync(join(path, 'secrets'), { recursive: true, mode: 0o700 });
  checkFormat(path);
  const owner = own(path);
  return {
    path,
    file: (name) => join(path, name),
    secret: (name) => readOrMakeSecret(path, name),
    announce: (running) => replaceFile(join(path, 'running.json'), JSON.stringify(running), 0o644),
    release() {
      rmSync(join(path, 'running.json'), { force: true });
      owner.close();
    },
  };
};

export const readRunning = (path: string): Running | undefined => {
  try {
    return JSON.parse(readFileSync(join(path, 'running.json'), 'utf8')) as Running;
  } catch {
    return undefined;
  }
};

/** For the command line, which signs tokens of its own but never makes a secret. */
export const readSecret = (path: string, name: string): Secret | undefined => {
  const file = join(path, 'secrets', name);
  return existsSync(file) ? new Secret(readFileSync(file, 'utf8').trim()) : undefined;
};

const checkFormat = (path: string): void => {
  const file = join(path, 'FORMAT');
  if (!existsSync(file)) {
    replaceFile(file, `${DATA_FORMAT}\n`, 0o644);
    return;
  }
  const found = Number(readFileSync(file, 'utf8').trim());
  if (!(found <= DATA_FORMAT))
    throw fault('DATA_FORMAT_NEWER', { details: { found, known: DATA_FORMAT } });
};

const own = (path: string): DatabaseSync => {
  const owner = new DatabaseSync(join(path, 'owner.db'), { timeout: 0 });
  try {
    owner.exec('BEGIN EXCLUSIVE');
    return owner;
  } catch (cause) {
    owner.close();
    const holder = readRunning(path);
    throw fault('DATA_IN_USE', {
      cause,
      details: holder ? { pid: holder.pid, url: holder.url } : {},
    });
  }
};

const readOrMakeSecret = (path: string, name: string): Secret => {
  const known = readSecret(path, name);
  if (known) return known;
  const made = randomBytes(32).toString('base64url');
  replaceFile(join(path, 'secrets', name), `${made}\n`, 0o600);
  return new Secret(made);
};

/** Whole or not at all: a kill between the two steps leaves the old file. */
const replaceFile = (path: string, text: string, mode: number): void => {
  writeFileSync(`${path}.new`, text, { mode, flush: true });
  renameSync(`${path}.new`, path);
};
