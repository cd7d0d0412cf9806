import type { BigIntStats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';

/** Names of files are bytes: not every one is text. */
export interface FoundEntry {
  /** Below the folder, without a slash in front. */
  readonly path: Buffer;
  /** As the system is asked for it. */
  readonly place: Buffer;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly stats: BigIntStats;
}

/** What was there and could not be looked at. `gone`: it was removed meanwhile, which is nobody's fault. */
export type WalkTrouble = 'gone' | 'unreadable';

const SLASH = Buffer.from('/');

/** Everything below a folder, in an order that depends on names alone. Links are not followed. */
export async function* walkFolder(
  place: Buffer,
  onTrouble: (trouble: WalkTrouble) => void,
  path: Buffer = Buffer.alloc(0),
): AsyncGenerator<FoundEntry> {
  for (const name of await namesIn(place, onTrouble)) {
    const entry = await look(Buffer.concat([place, SLASH, name]), onTrouble);
    if (!entry) continue;
    const below = path.length === 0 ? name : Buffer.concat([path, SLASH, name]);
    yield { ...entry, path: below };
    if (entry.kind === 'folder') yield* walkFolder(entry.place, onTrouble, below);
  }
}

const namesIn = async (
  place: Buffer,
  onTrouble: (trouble: WalkTrouble) => void,
): Promise<readonly Buffer[]> => {
  try {
    const names = await readdir(place, { encoding: 'buffer' });
    return names.sort((a, b) => Buffer.compare(a, b));
  } catch (error) {
    onTrouble(troubleOf(error));
    return [];
  }
};

const look = async (
  place: Buffer,
  onTrouble: (trouble: WalkTrouble) => void,
): Promise<Omit<FoundEntry, 'path'> | undefined> => {
  try {
    const stats = await lstat(place, { bigint: true });
    return { place, stats, kind: kindOf(stats) };
  } catch (error) {
    onTrouble(troubleOf(error));
    return undefined;
  }
};

const kindOf = (stats: BigIntStats): FoundEntry['kind'] => {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'folder';
  return stats.isSymbolicLink() ? 'link' : 'other';
};

const GONE = new Set<unknown>(['ENOENT', 'ENOTDIR', 'ELOOP', 'ESTALE']);

export const troubleOf = (error: unknown): WalkTrouble =>
  GONE.has((error as { readonly code?: unknown }).code) ? 'gone' : 'unreadable';

/** Compares as the walk goes: a folder comes before what has its name with more behind it. */
export const walkKey = (path: Buffer): string => path.toString('latin1').replaceAll('/', '\0');
