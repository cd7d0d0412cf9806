import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import {
  MANIFEST_FILE,
  manifestIn,
  manifestText,
  type BackupManifest,
} from '#libs/ports/backup-source';

export const writeManifest = (folder: string, manifest: BackupManifest): Promise<void> =>
  writeFile(join(folder, MANIFEST_FILE), manifestText(manifest));

/** Nothing: there is none, or it is not one. */
export const readManifest = async (folder: string): Promise<BackupManifest | undefined> => {
  const text = await readFile(join(folder, MANIFEST_FILE), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : manifestIn(text);
};
