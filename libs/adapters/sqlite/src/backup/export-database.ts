import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Clock } from '#libs/kernel';
import type {
  BackupManifest,
  BackupSourceKind,
  ExportedSource,
  SourceWatch,
} from '#libs/ports/backup-source';

import { copyFault, type CopyWatch } from './copy-connection.js';
import { CopyFailed, onCopyThread } from './copy-thread.js';
import { writeManifest } from './manifest-file.js';
import type { CopyLook } from './messages.js';

/** A database of ours as a source: what it is called, and what of it is kept. */
export interface ExportedDatabase {
  readonly source: string;
  readonly kind: BackupSourceKind;
  /** The name of its file in the copy. */
  readonly file: string;
  readonly copy: (to: string, watch: CopyWatch) => Promise<void>;
  /** Which of its tables must not be in the copy. */
  readonly drop: (tables: readonly string[]) => readonly string[];
  readonly waitingAt?: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly clock: Clock;
}

/** The sum of the file, as `sha256sum --check` reads it. */
export const SUMS = 'files.sha256';

export const exportDatabase = async (
  database: ExportedDatabase,
  into: string,
  watch: SourceWatch,
): Promise<ExportedSource> => {
  const { file, clock } = database;
  watch.signal.throwIfAborted();
  const takenAt = clock.now();
  const look = await looked(database, into, watch);
  await writeFile(join(into, SUMS), `${look.sha256}  ${file}\n`, { flush: true });
  const manifest = manifestOf(database, look, takenAt);
  watch.onProgress?.({ of: file, filesDone: 1, bytesDone: look.bytes, bytes: look.bytes });
  watch.signal.throwIfAborted();
  await writeManifest(into, manifest);
  return { manifest, paths: [into], warnings: [] };
};

const looked = async (
  { file, copy, drop, waitingAt }: ExportedDatabase,
  into: string,
  { signal, onProgress }: SourceWatch,
): Promise<CopyLook> => {
  const [raw, clean] = [join(into, `${file}.raw`), join(into, file)];
  try {
    await copy(raw, {
      signal,
      onProgress: (bytesDone, bytes) => onProgress?.({ of: file, filesDone: 0, bytesDone, bytes }),
    });
    return await onCopyThread(
      { work: 'clean', raw, clean, ...(waitingAt !== undefined && { waitingAt }) },
      { signal, drop, onTable: (of) => onProgress?.({ of, filesDone: 0, bytesDone: 0 }) },
    );
  } catch (error) {
    if (!(error instanceof CopyFailed)) throw error;
    throw error.code === 'ENOSPC' ? copyFault({ errcode: FULL }) : copyFault(error);
  } finally {
    await Promise.all(
      ['', '-journal', '-wal', '-shm'].map((end) => rm(`${raw}${end}`, { force: true })),
    );
  }
};

const FULL = 13;

const manifestOf = (
  { source, kind, versions }: ExportedDatabase,
  { tables, head, bytes, waiting, sqlite }: CopyLook,
  takenAt: number,
): BackupManifest => {
  const each = Object.entries(tables);
  return {
    format: 1,
    source,
    kind,
    takenAt,
    versions: { ...versions, node: process.versions.node, sqlite },
    ...(head && { position: { at: 'log', ...head } }),
    counts: Object.fromEntries(each.map(([name, { count }]) => [name, count])),
    checksums: Object.fromEntries(each.map(([name, { checksum }]) => [name, checksum])),
    files: 1,
    bytes,
    ...(waiting !== undefined && { waiting }),
  };
};
