import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import {
  noManifest,
  type BackupManifest,
  type BackupSourceKind,
  type RestoredSource,
  type SourceProof,
  type SourceWatch,
} from '#libs/ports/backup-source';

import { onCopyThread } from './copy-thread.js';
import { SUMS } from './export-database.js';
import { readManifest } from './manifest-file.js';
import type { CopyLook } from './messages.js';

export interface ProvedDatabase {
  readonly source: string;
  readonly kind: BackupSourceKind;
  readonly file: string;
}

type CopyDifference = SourceProof['differences'][number];

/** Opens what came back for reading alone, and compares each table with the manifest. */
export const proveDatabase = async (
  { source, kind, file }: ProvedDatabase,
  { folder }: RestoredSource,
  { signal, onProgress }: SourceWatch,
): Promise<SourceProof> => {
  signal.throwIfAborted();
  const found = await readManifest(folder);
  const manifest = found ?? noManifest(source, kind);
  const unreadable: CopyDifference[] = found?.source === source ? [] : [MANIFEST];
  const path = join(folder, file);
  const missing = [file, SUMS]
    .filter((name) => !existsSync(join(folder, name)))
    .map((name): CopyDifference => ({ code: 'FILE_MISSING', detail: name }));
  if (!existsSync(path)) return { manifest, differences: [...unreadable, ...missing] };
  let look: CopyLook;
  try {
    look = await onCopyThread(
      { work: 'look', file: path },
      { signal, onTable: (of) => onProgress?.({ of, filesDone: 0, bytesDone: 0 }) },
    );
  } catch (error) {
    signal.throwIfAborted();
    const { errcode = 0 } = error as { errcode?: number };
    const detail = `${file}: SQLite error ${errcode}`;
    return {
      manifest,
      differences: [...unreadable, ...missing, { code: 'DATABASE_NOT_STARTED', detail }],
    };
  }
  const differences = [
    ...unreadable,
    ...missing,
    ...(await fileDifferences(join(folder, SUMS), file, look)),
    ...(found ? tableDifferences(found, look) : []),
  ];
  return { manifest, differences, started: `SQLite ${look.sqlite}` };
};

const MANIFEST: CopyDifference = { code: 'MANIFEST_UNREADABLE', detail: 'manifest.json' };

const fileDifferences = async (
  sums: string,
  file: string,
  { sha256, troubles }: CopyLook,
): Promise<CopyDifference[]> => {
  const said = await readFile(sums, 'utf8').catch(() => undefined);
  const differs = said !== undefined && said.split('\n')[0] !== `${sha256}  ${file}`;
  return [
    ...(differs ? [{ code: 'FILE_DIFFERS', detail: file } as const] : []),
    ...(troubles > 0
      ? [{ code: 'FILE_DIFFERS', detail: `${file}: ${troubles} faults in its pages` } as const]
      : []),
  ];
};

const tableDifferences = (
  { counts, checksums, position }: BackupManifest,
  { tables, head }: CopyLook,
): CopyDifference[] => {
  const names = [...new Set([...Object.keys(counts), ...Object.keys(tables)])].sort();
  const found = names.flatMap((name): CopyDifference[] => {
    const [said, is] = [counts[name] ?? 0, tables[name]?.count ?? 0];
    if (said !== is)
      return [{ code: 'COUNT_DIFFERS', detail: `${name}: ${is} instead of ${said}` }];
    if (checksums[name] === tables[name]?.checksum) return [];
    return [{ code: 'CHECKSUM_DIFFERS', detail: name }];
  });
  const isThere =
    position?.at !== 'log' || (position.position === head?.position && position.hash === head.hash);
  return isThere ? found : [...found, { code: 'CHECKSUM_DIFFERS', detail: 'head of the log' }];
};
