import type { BackupManifest, BackupSourceKind } from './backup-source.port.js';

/** In the folder of a copy. */
export const MANIFEST_FILE = 'manifest.json';

export const manifestText = (manifest: BackupManifest): string =>
  `${JSON.stringify(manifest, null, 2)}\n`;

/** Nothing where it is none that this version understands: it may have been written by anybody. */
export const manifestIn = (text: string): BackupManifest | undefined => {
  try {
    const found: unknown = JSON.parse(text);
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
