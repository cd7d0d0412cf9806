import type { BigIntStats } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';

/** Something that is sent. */
export interface TreeEntry {
  readonly kind: 'file' | 'folder' | 'link';
  /** Below the number of its path: `0/a/b`. */
  readonly path: Buffer;
  /** As the system is asked for it. */
  readonly place: Buffer;
  readonly stats: BigIntStats;
  readonly target?: Buffer;
}

/** Called with what cannot be looked at; it throws, or the walk goes on without it. */
export type OnUnseen = (error: unknown) => void;

/** Names of a path that was sent already; nothing: none was, and all is sent. */
type Sent = readonly Buffer[] | undefined;

interface OpenFolder {
  readonly place: Buffer;
  readonly path: Buffer;
  readonly names: readonly Buffer[];
  readonly sent: Sent;
  next: number;
}

const SLASH = Buffer.from('/');

/** The names in the path of an entry. A folder may end with a slash, as it does in a tar. */
export const namesOf = (path: string): readonly Buffer[] =>
  path
    .replace(/\/+$/, '')
    .split('/')
    .map((name) => Buffer.from(name));

/**
 * A file or a folder with everything below it, in an order that depends on names alone, from after an entry that was sent.
 * Links are not followed. Sockets, pipes and devices are passed over: there is nothing in them to save.
 */
export async function* walkTree(
  root: Pick<TreeEntry, 'path' | 'place'>,
  sent: Sent,
  onUnseen: OnUnseen,
): AsyncGenerator<TreeEntry> {
  const first = await look(root);
  if (first && sent === undefined) yield first;
  const open: OpenFolder[] = [];
  if (first?.kind === 'folder') open.push(await opened(first, sent, onUnseen));
  for (let folder = open.at(-1); folder; folder = open.at(-1)) {
    const name = folder.names[folder.next++];
    if (name === undefined) {
      open.pop();
      continue;
    }
    const below = sentBelow(name, folder.sent);
    if (below === 'all') continue;
    const entry = await seen(folder, name, onUnseen);
    if (entry && below === undefined) yield entry;
    if (entry?.kind === 'folder') open.push(await opened(entry, below, onUnseen));
  }
}

/** What of this name was sent: nothing, all of it, or it and what comes before these names in it. */
const sentBelow = (name: Buffer, sent: Sent): Sent | 'all' => {
  const [last, ...rest] = sent ?? [];
  if (last === undefined) return undefined;
  const order = Buffer.compare(shownName(name), last);
  if (order !== 0) return order < 0 ? 'all' : undefined;
  // Names that are no text may look alike. They are sent again rather than not at all.
  return shownName(name).equals(name) ? rest : undefined;
};

/** As the other side reads it. */
const shownName = (name: Buffer): Buffer => Buffer.from(name.toString('utf8'));

const inOrder = (a: Buffer, b: Buffer): number =>
  Buffer.compare(shownName(a), shownName(b)) || Buffer.compare(a, b);

const opened = async (
  { place, path }: Pick<TreeEntry, 'path' | 'place'>,
  sent: Sent,
  onUnseen: OnUnseen,
): Promise<OpenFolder> => {
  const names = await readdir(place, { encoding: 'buffer' }).catch((error: unknown) => {
    onUnseen(error);
    return [];
  });
  return { place, path, sent, names: names.sort(inOrder), next: 0 };
};

const seen = async (
  folder: OpenFolder,
  name: Buffer,
  onUnseen: OnUnseen,
): Promise<TreeEntry | undefined> => {
  try {
    return await look({
      place: Buffer.concat([folder.place, SLASH, name]),
      path: Buffer.concat([folder.path, SLASH, name]),
    });
  } catch (error) {
    onUnseen(error);
    return undefined;
  }
};

const look = async ({
  place,
  path,
}: Pick<TreeEntry, 'path' | 'place'>): Promise<TreeEntry | undefined> => {
  const stats = await lstat(place, { bigint: true });
  if (stats.isFile()) return { kind: 'file', path, place, stats };
  if (stats.isDirectory()) return { kind: 'folder', path, place, stats };
  if (!stats.isSymbolicLink()) return undefined;
  return {
    kind: 'link',
    path,
    place,
    stats,
    target: await readlink(place, { encoding: 'buffer' }),
  };
};
