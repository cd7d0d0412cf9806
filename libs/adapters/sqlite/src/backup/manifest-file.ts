import { rename, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import {
  MANIFEST_FILE,
  manifestIn,
  manifestText,
  type BackupManifest,
} from '#libs/ports/backup-source';

/** Written last of all and whole: a folder without it is no copy. */
export const writeManifest = async (folder: string, manifest: BackupManifest): Promise<void> => {
  const path = join(folder, MANIFEST_FILE);
  await writeFile(`${path}.new`, manifestText(manifest), { flush: true });
  await rename(`${path}.new`, path);
};

/** Nothing where it is none that this version understands. */
export const readManifest = async (folder: string): Promise<BackupManifest | undefined> => {
  const text = await readFile(join(folder, MANIFEST_FILE), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : manifestIn(text);
};
