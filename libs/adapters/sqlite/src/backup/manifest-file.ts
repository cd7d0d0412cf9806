import { rename, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { BackupManifest } from '#libs/ports/backup-source';

const FILE = 'manifest.json';

/** Written last of all and whole: a folder without it is no copy. */
export const writeManifest = async (folder: string, manifest: BackupManifest): Promise<void> => {
  const path = join(folder, FILE);
  await writeFile(`${path}.new`, `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
  await rename(`${path}.new`, path);
};

/** Nothing where it is none that this version understands. */
export const readManifest = async (folder: string): Promise<BackupManifest | undefined> => {
  try {
    const found = JSON.parse(await readFile(join(folder, FILE), 'utf8')) as unknown;
    return isManifest(found) ? found : undefined;
  } catch {
    return undefined;
  }
};

const isManifest = (value: unknown): value is BackupManifest => {
  if (typeof value !== 'object' || value === null) return false;
  const { format, source, kind, takenAt, counts, checksums, versions } =
    value as Partial<BackupManifest>;
  return (
    format === 1 &&
    [source, kind].every((text) => typeof text === 'string') &&
    Number.isSafeInteger(takenAt) &&
    isRecordOf(counts, 'number') &&
    isRecordOf(checksums, 'string') &&
    isRecordOf(versions, 'string')
  );
};

const isRecordOf = (value: unknown, type: 'number' | 'string'): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((each) => typeof each === type);

/** What a folder without a manifest is proved against: it holds nothing. */
export const noManifest = (source: string, kind: BackupManifest['kind']): BackupManifest => ({
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
