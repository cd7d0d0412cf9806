import { createHash } from 'node:crypto';
import { constants, type BigIntStats } from 'node:fs';
import { open } from 'node:fs/promises';

export interface HashedFile {
  readonly sum: string;
  readonly bytes: number;
  /** It was another file, or had changed, when all of it was read. */
  readonly changed: boolean;
}

/** A name may have become a link or a pipe since it was looked at: neither is followed or waited for. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const CHUNK = 1024 * 1024;

/** Reads in one buffer that is lent: a tree of many files makes none of its own for each. */
export const hashFile = async (
  place: Buffer,
  seen: BigIntStats | undefined,
  { buffer, signal }: { readonly buffer: Buffer; readonly signal: AbortSignal },
): Promise<HashedFile> => {
  const file = await open(place, FLAGS);
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      bytes += bytesRead;
    }
    const now = await file.stat({ bigint: true });
    const changed = seen !== undefined && !isSame(seen, now);
    return { sum: hash.digest('hex'), bytes, changed };
  } finally {
    await file.close();
  }
};

export const hashBuffer = (): Buffer => Buffer.allocUnsafe(CHUNK);

export const isSame = (a: FileMarks, b: FileMarks): boolean =>
  a.size === b.size && a.mtimeNs === b.mtimeNs && a.ctimeNs === b.ctimeNs && a.ino === b.ino;

/** By which a file counts as unchanged, here as for the repository that saves it. */
export type FileMarks = Pick<BigIntStats, 'size' | 'mtimeNs' | 'ctimeNs' | 'ino'>;
