import { constants, type BigIntStats } from 'node:fs';
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

import type { ExportedCopy } from '#libs/backups';
import { fault } from '#libs/kernel';
import { MANIFEST_FILE, manifestIn } from '#libs/ports/backup-source';

import { TAR_END, tarHeader, tarPadding } from './tar-entry.js';
import { namesOf, walkTree, type TreeEntry } from './walk-tree.js';

export interface SentCopy extends ExportedCopy {
  readonly source: string;
  /** The last entry that came whole. */
  readonly after?: string;
}

/** A name may have become a link or a pipe since it was looked at: neither is followed or waited for. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const CHUNK = 256 * 1024;
/** So often a living file is sent again that changed while it was sent. Then the last one counts, as it does on one machine. */
const MOST_TIMES = 3;

/** Throws where another copy lies here now, or none. */
export const isCopyHere = async ({ paths, takenAt, source }: SentCopy): Promise<void> => {
  const [folder = ''] = paths;
  const text = await readFile(join(folder, MANIFEST_FILE), 'utf8').catch(() => '');
  const manifest = manifestIn(text);
  if (manifest?.source !== source || manifest.takenAt !== takenAt)
    throw fault('BACKUP_EXPORT_ELSEWHERE', { details: { source } });
};

/**
 * All paths of a copy as one tar, `0/…` of the first and `1/…` of the second. The first is our own export: what cannot be
 * read there, or changes, breaks the stream. The others live on. There, what goes or is closed to us is left out, as the
 * export said already. A stream that ends with the end of an archive is whole.
 */
export async function* copyTar(copy: SentCopy, signal: AbortSignal): AsyncGenerator<Buffer> {
  const sent = copy.after === undefined ? undefined : namesOf(copy.after);
  const sentPaths = Number(sent?.[0]?.toString() ?? -1);
  for (const [at, path] of copy.paths.entries()) {
    if (at < sentPaths) continue;
    const lives = at > 0;
    const root = { path: Buffer.from(String(at)), place: Buffer.from(path) };
    const below = at === sentPaths ? sent?.slice(1) : undefined;
    for await (const entry of walkTree(root, below, lives ? leftOut : broken)) {
      signal.throwIfAborted();
      if (entry.kind === 'file') yield* sentFile(entry, lives, signal);
      else yield headerOf(entry, entry.stats, 0);
    }
  }
  // An export begins with an empty folder and ends with its manifest: this one was there all the time.
  await isCopyHere(copy);
  yield TAR_END;
}

const broken = (error: unknown): void => {
  throw fault('BACKUP_SOURCE_UNREADABLE', { cause: error });
};
const leftOut = (): void => undefined;

const headerOf = (
  { kind, path, target }: TreeEntry,
  { mode, uid, gid, mtimeNs }: BigIntStats,
  size: number,
): Buffer =>
  tarHeader({
    ...{ kind, path, size, mtimeNs },
    ...{ mode: Number(mode), uid: Number(uid), gid: Number(gid) },
    ...(target && { target }),
  });

async function* sentFile(
  entry: TreeEntry,
  lives: boolean,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  for (let time = 1; time <= MOST_TIMES; time++) {
    const file = await opened(entry, lives);
    if (!file) return;
    try {
      const before = await file.stat({ bigint: true });
      const size = Number(before.size);
      yield headerOf(entry, before, size);
      yield* contentOf(file, size, signal);
      yield tarPadding(size);
      if (isSame(before, await file.stat({ bigint: true }))) return;
      if (!lives) throw fault('BACKUP_SOURCE_UNREADABLE', { details: { why: 'changed' } });
    } finally {
      await file.close();
    }
  }
}

const opened = async ({ place }: TreeEntry, lives: boolean): Promise<FileHandle | undefined> => {
  try {
    const file = await open(place, FLAGS);
    if ((await file.stat()).isFile()) return file;
    await file.close();
  } catch (error) {
    if (!lives) broken(error);
    return undefined;
  }
  if (!lives) broken('it is no file any more');
  return undefined;
};

/** As many bytes as its header said. A file that has fewer breaks the stream: nobody can take a part for all of it. */
async function* contentOf(
  file: FileHandle,
  size: number,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  for (let at = 0; at < size;) {
    signal.throwIfAborted();
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK, size - at));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
    if (bytesRead === 0) throw fault('BACKUP_SOURCE_UNREADABLE', { details: { why: 'shorter' } });
    at += bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
}

const isSame = (a: BigIntStats, b: BigIntStats): boolean =>
  a.size === b.size && a.mtimeNs === b.mtimeNs && a.ctimeNs === b.ctimeNs;
