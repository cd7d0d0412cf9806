import { KIT_NOTE_FILE, kitNoteText, type KitNote } from '#libs/backups';
import { existsSync } from 'node:fs';
import { mkdir, open, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { UsageError } from '../exit.js';

/** For its owner alone; never over what is there, and on the disk when it returns. */
export const writeNewFile = async (path: string, text: string): Promise<void> => {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    const isThere = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    throw isThere
      ? alreadyThere(path, cause)
      : new UsageError(`${path} cannot be written.`, 'Check the name and the folder.', { cause });
  }
};

/** Asked before anybody types a passphrase. */
export const mustBeNew = (path: string): void => {
  if (existsSync(path)) throw alreadyThere(path);
};

const alreadyThere = (path: string, cause?: unknown): UsageError =>
  new UsageError(`${path} is there already.`, 'Name a new file: a kit never replaces another.', {
    cause,
  });

/** `false` where this machine has no data directory, so that no doctor would read it. */
export const noteKit = async (dataDir: string, note: KitNote): Promise<boolean> => {
  if (!existsSync(dataDir)) return false;
  const path = join(dataDir, KIT_NOTE_FILE);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(`${path}.new`, kitNoteText(note), { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
  return true;
};
