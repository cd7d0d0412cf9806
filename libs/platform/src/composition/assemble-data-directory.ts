import { existsSync } from 'node:fs';
import { constants, copyFile, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { RESTORED_NOTE_FILE, restoredNoteText, type RestoredNote } from '#libs/backups';
import { Fault, fault, type Secret } from '#libs/kernel';

export interface AssembledDirectory {
  /** The restored folder of the source `innkeeper`. */
  readonly innkeeper: string;
  /** The restored folder of the source `keys`; without it nothing sealed opens. */
  readonly keys?: string;
  /** A folder that is empty or not there yet. */
  readonly to: string;
  /** By the name of the file in `secrets/`: `master-key`. */
  readonly secrets: Readonly<Record<string, Secret>>;
  /** Which backup it came from, where all of it was as it was saved. */
  readonly restored?: RestoredNote;
}

/**
 * Makes a data directory from what came back. Never over one that is there: `BACKUP_TARGET_NOT_EMPTY`. The log comes last,
 * so that what was broken off never looks whole.
 */
export const assembleDataDirectory = async (asked: AssembledDirectory): Promise<void> => {
  const { innkeeper, keys, to, secrets, restored } = asked;
  const log = join(innkeeper, 'innkeeper.db');
  for (const file of [log, ...(keys === undefined ? [] : [join(keys, 'keys.db')])])
    if (!existsSync(file)) throw fault('BACKUP_SOURCE_MISSING', { details: { reason: 'no file' } });
  try {
    await mkdir(to, { recursive: true, mode: 0o700 });
    if ((await readdir(to)).length > 0) throw fault('BACKUP_TARGET_NOT_EMPTY');
    await mkdir(join(to, 'secrets'), { mode: 0o700 });
    for (const [name, secret] of Object.entries(secrets)) {
      const text = `${secret.reveal()}\n`;
      await writeFile(join(to, 'secrets', name), text, { mode: 0o600, flag: 'wx', flush: true });
    }
    await writeFormat(innkeeper, to);
    if (restored) await writeRestored(restored, to);
    if (keys !== undefined) await copied(join(keys, 'keys.db'), join(to, 'keys.db'));
    await copied(log, join(to, 'innkeeper.db.new'));
    await rename(join(to, 'innkeeper.db.new'), join(to, 'innkeeper.db'));
  } catch (error) {
    throw diskFault(error);
  }
};

/** A file system that can share blocks copies nothing. */
const copied = (from: string, to: string): Promise<void> =>
  copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);

/** A platform that is older than the copy must not start on it. */
const writeFormat = async (innkeeper: string, to: string): Promise<void> => {
  const text = await readFile(join(innkeeper, 'manifest.json'), 'utf8').catch(() => '{}');
  const { versions } = JSON.parse(text) as { versions?: Readonly<Record<string, string>> };
  const format = versions?.['data'];
  if (format !== undefined) await writeFile(join(to, 'FORMAT'), `${format}\n`, { flush: true });
};

const writeRestored = async (restored: RestoredNote, to: string): Promise<void> => {
  const file = join(to, RESTORED_NOTE_FILE);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, restoredNoteText(restored), { mode: 0o600, flush: true });
};

const diskFault = (error: unknown): unknown => {
  if (error instanceof Fault) return error;
  const { code } = error as { code?: string };
  if (code === 'ENOSPC') return fault('BACKUP_SCRATCH_FULL', { cause: error });
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return fault('BACKUP_TARGET_NOT_EMPTY', { cause: error });
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM')
    return fault('BACKUP_SCRATCH_DENIED', { cause: error });
  return error;
};
