import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { BackupManifest, BackupSourceKind } from '#libs/ports/backup-source';

const fileIn = (folder: string): string => join(folder, 'manifest.json');

export const writeManifest = (folder: string, manifest: BackupManifest): Promise<void> =>
  writeFile(fileIn(folder), `${JSON.stringify(manifest, undefined, 2)}\n`);

/** Nothing: there is none, or it is not one. */
export const readManifest = async (folder: string): Promise<BackupManifest | undefined> => {
  const text = await readFile(fileIn(folder), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const read = JSON.parse(text) as Partial<BackupManifest> | null;
    return isManifest(read) ? read : undefined;
  } catch {
    return undefined;
  }
};

const isManifest = (read: Partial<BackupManifest> | null): read is BackupManifest =>
  read?.format === 1 &&
  typeof read.takenAt === 'number' &&
  typeof read.counts === 'object' &&
  typeof read.checksums === 'object';

/** What stands in a proof where the copy does not say what it is. */
export const noManifest = (source: string, kind: BackupSourceKind): BackupManifest => ({
  format: 1,
  source,
  kind,
  takenAt: 0,
  versions: {},
  counts: {},
  checksums: {},
  files: 0,
  bytes: 0,
});
