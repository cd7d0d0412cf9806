import { randomBytes } from 'node:crypto';
import { mkdir, readdir, realpath, rename, rm, rmdir, statfs, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { Fault, fault, type Code } from '#libs/kernel';

/** Everything is made in here, and moved to where it belongs when it is whole. */
const UNFINISHED = '.restoring';
/** Moved last: a folder with it is whole. */
const LAST = 'data';
/** In this order. Nothing else is ever put into a target. */
const FINISHED = ['sources', 'settings.env', LAST] as const;
export type FinishedName = (typeof FINISHED)[number];
/** An empty disk has it. */
const OF_DISKS = 'lost+found';

/**
 * A folder that something is restored to. It was empty. Until all of it is there, nothing lies under its own name; what a
 * restore left that was killed is removed by the next one.
 */
export class RestoreTarget {
  readonly #work: string;

  private constructor(
    readonly path: string,
    private readonly owner: DatabaseSync,
    private readonly wasThere: boolean,
  ) {
    this.#work = join(path, UNFINISHED, randomBytes(6).toString('hex'));
  }

  /** `living`: folders that nothing is restored into. */
  static async open(to: string, living: readonly string[]): Promise<RestoreTarget> {
    const path = await realPlace(resolve(to));
    for (const folder of living)
      if (isInside(await realPlace(resolve(folder)), path)) throw fault('BACKUP_TARGET_LIVES');
    try {
      const made = await mkdir(path, { recursive: true, mode: 0o700 });
      const found = (await readdir(path)).filter((name) => name !== OF_DISKS);
      if (!isLeftover(found)) throw fault('BACKUP_TARGET_NOT_EMPTY');
      await mkdir(join(path, UNFINISHED), { recursive: true, mode: 0o700 });
      const target = new RestoreTarget(path, own(join(path, UNFINISHED)), made === undefined);
      await target.#begin();
      return target;
    } catch (error) {
      throw targetFault(error);
    }
  }

  async #begin(): Promise<void> {
    const unfinished = join(this.path, UNFINISHED);
    for (const name of await readdir(unfinished))
      if (!name.startsWith(OWNER)) await removed(join(unfinished, name));
    for (const name of FINISHED) await removed(join(this.path, name));
    await mkdir(join(this.#work, 'finished'), { recursive: true, mode: 0o700 });
  }

  /** Throws where so much has no room. */
  async mustHold(bytes: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.path);
    if (bytes > bavail * bsize) throw fault('BACKUP_TARGET_FULL', { details: { bytes } });
  }

  /** A folder to work in; it goes when all is done. */
  workFolder(name: string): string {
    return join(this.#work, name);
  }

  /** Where something has to lie so that it is in the folder when that is whole. */
  finished(name: FinishedName, within = ''): string {
    return join(this.#work, 'finished', name, within);
  }

  /** Where it will lie then. */
  placeOf(name: FinishedName, within = ''): string {
    return join(this.path, name, within);
  }

  async write(name: FinishedName, text: string): Promise<void> {
    await writeFile(this.finished(name), text, { mode: 0o600, flush: true });
  }

  /** From here on it is there. */
  async finish(): Promise<void> {
    // Everything may have gone into the data directory.
    await rmdir(this.finished('sources')).catch(() => undefined);
    const made = await readdir(join(this.#work, 'finished'));
    for (const name of FINISHED)
      if (made.includes(name)) await rename(this.finished(name), this.placeOf(name));
    await this.#leave();
  }

  /** Nothing of it stays. */
  async abandon(): Promise<void> {
    await this.#leave();
    const left = await readdir(this.path);
    if (!this.wasThere && left.length === 0) await removed(this.path);
  }

  async #leave(): Promise<void> {
    this.owner.close();
    await removed(join(this.path, UNFINISHED));
  }
}

const OWNER = 'owner.db';

/** Two restores at once would remove each other's work. The kernel frees it when its holder dies. */
const own = (folder: string): DatabaseSync => {
  const owner = new DatabaseSync(join(folder, OWNER), { timeout: 0 });
  try {
    owner.exec('BEGIN EXCLUSIVE');
    return owner;
  } catch (cause) {
    owner.close();
    const isFull = (cause as { readonly errcode?: number }).errcode === SQLITE_FULL;
    throw fault(isFull ? 'BACKUP_TARGET_FULL' : 'BACKUP_TARGET_IN_USE', { cause });
  }
};

const SQLITE_FULL = 13;

/** Empty, or what a restore left that did not end. */
const isLeftover = (names: readonly string[]): boolean =>
  names.length === 0 ||
  (names.includes(UNFINISHED) &&
    names.every(
      (name) => name === UNFINISHED || (name !== LAST && FINISHED.some((known) => known === name)),
    ));

/** A program of a restore that was killed may still write for a moment. */
const removed = (path: string): Promise<void> =>
  rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });

/** Links in it followed, as far as it is there. */
const realPlace = async (path: string): Promise<string> => {
  try {
    return await realpath(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(await realPlace(above), relative(above, path));
  }
};

const isInside = (folder: string, path: string): boolean => {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith('../'));
};

const codeOf: Readonly<Record<string, Code>> = {
  ENOSPC: 'BACKUP_TARGET_FULL',
  EDQUOT: 'BACKUP_TARGET_FULL',
  BACKUP_SCRATCH_FULL: 'BACKUP_TARGET_FULL',
  EACCES: 'BACKUP_TARGET_DENIED',
  EPERM: 'BACKUP_TARGET_DENIED',
  EROFS: 'BACKUP_TARGET_DENIED',
  BACKUP_SCRATCH_DENIED: 'BACKUP_TARGET_DENIED',
  ENOTDIR: 'BACKUP_TARGET_NOT_EMPTY',
  EEXIST: 'BACKUP_TARGET_NOT_EMPTY',
};

/** What the disk of the target says, as what to do about it. */
export const targetFault = (error: unknown): unknown => {
  const { code } = error as { readonly code?: unknown };
  const found = typeof code === 'string' ? codeOf[code] : undefined;
  if (found === undefined) return error;
  return fault(found, { cause: error, ...(error instanceof Fault && { details: error.details }) });
};
