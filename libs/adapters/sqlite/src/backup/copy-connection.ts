import { close, fdatasync, open } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { backup, type DatabaseSync } from 'node:sqlite';

import { fault, type Fault } from '#libs/kernel';

export interface CopyWatch {
  readonly signal: AbortSignal;
  readonly onProgress?: (bytesDone: number, bytes: number) => void;
}

/** 256 KiB for each step: while one goes on, no statement of the event loop begins. */
const PAGES_A_STEP = 16;
const PAGE_BYTES = 16_384;
/** A step that meets a transaction of ours right at the beginning gives up; the next turn is free. */
const BEGINNINGS = 100;

/**
 * Copies a database that is in use, by the connection that writes it. So a change to what was copied already goes into
 * the copy, too, and it need not begin again. Steps run on a thread of Node's pool; between any two of them others get on.
 */
export const copyConnection = async (
  connection: DatabaseSync,
  to: string,
  watch: CopyWatch,
): Promise<void> => {
  for (let beginning = 1; ; beginning++) {
    watch.signal.throwIfAborted();
    const steady = new SteadySync(to);
    try {
      await backup(connection, to, {
        rate: PAGES_A_STEP,
        progress: ({ totalPages, remainingPages }) => {
          // The only way to stop it; Node gives back what was thrown.
          watch.signal.throwIfAborted();
          steady.go();
          watch.onProgress?.((totalPages - remainingPages) * PAGE_BYTES, totalPages * PAGE_BYTES);
        },
      });
      watch.signal.throwIfAborted();
      return;
    } catch (error) {
      watch.signal.throwIfAborted();
      if (!isBusy(error) || beginning === BEGINNINGS) throw copyFault(error);
    } finally {
      await steady.end();
    }
    await rm(to, { force: true });
    await turn();
  }
};

/**
 * The last step makes the copy durable, and statements wait for it. Without this it finds everything unwritten and takes
 * 190 ms for 630 MB; so the copy is written to the disk while it grows.
 */
class SteadySync {
  #file: number | undefined;
  #ended = false;
  #syncing: Promise<void> | undefined;

  constructor(private readonly path: string) {}

  go(): void {
    if (this.#ended) return;
    this.#syncing ??= this.#sync().then(() => {
      this.#syncing = undefined;
    });
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#syncing;
    const file = this.#file;
    if (file !== undefined) await new Promise<void>((done) => close(file, () => done()));
  }

  /** What goes wrong here, the copy itself meets as well. */
  async #sync(): Promise<void> {
    this.#file ??= await new Promise((done) => {
      open(this.path, 'r+', (error, file) => done(error ? undefined : file));
    });
    const file = this.#file;
    if (file !== undefined) await new Promise<void>((done) => fdatasync(file, () => done()));
  }
}

const primaryOf = (error: unknown): number => ((error as { errcode?: number }).errcode ?? 0) & 0xff;

/**
 * SQLITE_BUSY and SQLITE_LOCKED. Node asks the copy and not the source for the number, and that one says 0: "not an error".
 */
const isBusy = (error: unknown): boolean => {
  const { errcode } = error as { errcode?: number };
  return errcode !== undefined && [0, 5, 6].includes(errcode & 0xff);
};

/** SQLITE_FULL is of the copy, for reading needs no room. SQLITE_CANTOPEN, _READONLY and _PERM are of its folder. */
export const copyFault = (cause: unknown): Fault => {
  const primary = primaryOf(cause);
  const details = { errcode: primary };
  if (primary === 13) return fault('BACKUP_SCRATCH_FULL', { details, cause });
  if ([3, 8, 14].includes(primary)) return fault('BACKUP_SCRATCH_DENIED', { details, cause });
  return fault('BACKUP_SOURCE_UNREADABLE', { details, cause });
};
