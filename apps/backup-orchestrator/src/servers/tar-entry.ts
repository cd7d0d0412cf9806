import { SENT_LINK, SENT_PATH } from '#libs/routes';

/** What stands in front of an entry of a tar stream. Names of files are bytes: not every one is text. */
export interface TarEntry {
  readonly kind: 'file' | 'folder' | 'link';
  readonly path: Buffer;
  /** Of a link: where it leads. */
  readonly target?: Buffer;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly mtimeNs: bigint;
}

const BLOCK = 512;
const flags = { file: '0', folder: '5', link: '2' } as const;
const LONGEST_NAME = 100;
const LARGEST_SIZE = 0o77777777777;
const LARGEST_OWNER = 0o7777777;
const SECOND_NS = 1_000_000_000n;

/** Ends an archive. What lacks it was cut off. */
export const TAR_END: Buffer = Buffer.alloc(2 * BLOCK);

/** What fills the last block of so many bytes. */
export const tarPadding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

/**
 * The header of an entry, by POSIX.1-2001. tar-stream, which reads it, holds back nobody who writes headers: a million
 * links would all be in memory before the first was sent.
 */
export const tarHeader = (entry: TarEntry): Buffer => {
  const path = entry.kind === 'folder' ? Buffer.concat([entry.path, Buffer.from('/')]) : entry.path;
  const { target = Buffer.alloc(0) } = entry;
  const records = recordsOf({ ...entry, path, target });
  const header = block({ ...entry, path, target }, flags[entry.kind]);
  if (records.length === 0) return header;
  const { mode, uid, gid, mtimeNs } = entry;
  const ahead = { mode, uid, gid, mtimeNs, path: Buffer.from('PaxHeader'), size: records.length };
  return Buffer.concat([
    block({ ...ahead, target: Buffer.alloc(0) }, 'x'),
    ...[records, tarPadding(records.length), header],
  ]);
};

type WholeEntry = Omit<TarEntry, 'kind' | 'target'> & { readonly target: Buffer };

/** What has no room in the block, or cannot stand there. */
const recordsOf = ({ path, target, size, mtimeNs }: WholeEntry): Buffer => {
  const fraction = mtimeNs % SECOND_NS;
  return Buffer.concat([
    ...(isPlain(path) ? [] : [record('path', path)]),
    ...(isPlain(target) ? [] : [record('linkpath', target)]),
    ...(isText(path) ? [] : [record(SENT_PATH, inBase64(path))]),
    ...(isText(target) ? [] : [record(SENT_LINK, inBase64(target))]),
    ...(size > LARGEST_SIZE ? [record('size', Buffer.from(String(size)))] : []),
    ...(mtimeNs > 0n && fraction !== 0n ? [record('mtime', Buffer.from(seconds(mtimeNs)))] : []),
  ]);
};

const isPlain = (name: Buffer): boolean =>
  name.length <= LONGEST_NAME && name.every((byte) => byte < 0x80);

const isText = (name: Buffer): boolean => Buffer.from(name.toString('utf8')).equals(name);

const inBase64 = (bytes: Buffer): Buffer => Buffer.from(bytes.toString('base64'));

const seconds = (ns: bigint): string =>
  `${ns / SECOND_NS}.${String(ns % SECOND_NS).padStart(9, '0')}`;

/** Its length counts itself. */
const record = (key: string, value: Buffer): Buffer => {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), value, Buffer.from('\n')]);
  let length = rest.length;
  while (length !== rest.length + String(length).length)
    length = rest.length + String(length).length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
};

const block = (
  { path, target, mode, uid, gid, size, mtimeNs }: WholeEntry,
  flag: string,
): Buffer => {
  const bytes = Buffer.alloc(BLOCK);
  path.copy(bytes, 0, 0, LONGEST_NAME);
  const octal = (value: number, at: number, digits: number): void =>
    void bytes.write(value.toString(8).padStart(digits, '0'), at, 'latin1');
  octal(mode & 0o7777, 100, 7);
  octal(Math.min(uid, LARGEST_OWNER), 108, 7);
  octal(Math.min(gid, LARGEST_OWNER), 116, 7);
  octal(size > LARGEST_SIZE ? 0 : size, 124, 11);
  octal(mtimeNs > 0n ? Number(mtimeNs / SECOND_NS) : 0, 136, 11);
  bytes.write(flag, 156, 'latin1');
  target.copy(bytes, 157, 0, LONGEST_NAME);
  bytes.write('ustar\0' + '00', 257, 'latin1');
  bytes.fill(' ', 148, 156);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  octal(sum, 148, 6);
  bytes[154] = 0;
  return bytes;
};
