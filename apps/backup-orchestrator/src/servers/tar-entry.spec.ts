import { describe, expect, it } from '@jest/globals';
import { extract, type Header } from 'tar-stream';

import { SENT_LINK, SENT_PATH } from '#libs/routes';

import { TAR_END, tarHeader, tarPadding, type TarEntry } from './tar-entry.js';

interface ReadEntry {
  readonly header: Header;
  readonly content: Buffer;
}

/** As a program reads it that is not ours. */
const read = (bytes: Buffer): Promise<readonly ReadEntry[]> =>
  new Promise((resolve, reject) => {
    const entries: ReadEntry[] = [];
    const reader = extract();
    reader.on('entry', (header, stream, next) => {
      const parts: Buffer[] = [];
      stream.on('data', (part) => parts.push(part as Buffer));
      stream.on('end', () => {
        entries.push({ header, content: Buffer.concat(parts) });
        next();
      });
    });
    reader.on('finish', () => resolve(entries));
    reader.on('error', reject);
    reader.end(bytes);
  });

const entry = (more: Partial<TarEntry> = {}): TarEntry => ({
  ...{ kind: 'file', path: Buffer.from('0/a'), mode: 0o640, uid: 1000, gid: 100, size: 0 },
  mtimeNs: 1_700_000_000_000_000_000n,
  ...more,
});
const tarOf = (...entries: readonly (readonly [TarEntry, Buffer])[]): Buffer =>
  Buffer.concat([
    ...entries.flatMap(([of, content]) => [tarHeader(of), content, tarPadding(content.length)]),
    TAR_END,
  ]);
const headerOf = async (of: TarEntry): Promise<Header> => {
  const [first] = await read(tarOf([of, Buffer.alloc(0)]));
  if (!first) throw new Error('nothing was read');
  return first.header;
};

const recordOf = (pax: unknown, key: string): string =>
  (pax as Readonly<Record<string, string>>)[key] ?? '';

describe('an entry of a tar', () => {
  it('is read with its mode, its owner and its time', async () => {
    expect(await headerOf(entry())).toMatchObject({
      ...{ name: '0/a', type: 'file', mode: 0o640, uid: 1000, gid: 100, size: 0 },
      mtime: new Date(1_700_000_000_000),
    });
  });

  it('keeps what a second is too coarse for', async () => {
    const { pax } = await headerOf(entry({ mtimeNs: 1_700_000_000_012_345_678n }));
    expect(pax).toEqual({ mtime: '1700000000.012345678' });
  });

  it.each([
    ['a space and signs', '0/a b\n"\\\'$`*?'],
    ['a name of a hundred bytes', `0/${'x'.repeat(98)}`],
    ['a longer one', `0/${'x'.repeat(99)}`],
    ['a long way down', `0/${'folder/'.repeat(300)}end`],
    ['another script', '0/Überblick/ファイル/🧳'],
    ['what looks like a record', '0/12 path=/etc/passwd\n'],
  ])('is read by its name: %s', async (_, path) => {
    expect((await headerOf(entry({ path: Buffer.from(path) }))).name).toBe(path);
  });

  it('says the bytes of a name that is no text', async () => {
    const path = Buffer.from([0x30, 0x2f, 0xff, 0xfe, 0x61]);
    const { pax } = await headerOf(entry({ path }));
    expect(Buffer.from(recordOf(pax, SENT_PATH), 'base64')).toEqual(path);
  });

  it.each(['../up', 'a'.repeat(100), 'b'.repeat(101), 'ü/ö'])(
    'leads where its link leads: %s',
    async (to) => {
      const header = await headerOf(entry({ kind: 'link', target: Buffer.from(to) }));
      expect(header).toMatchObject({ type: 'symlink', linkname: to });
    },
  );

  it('says the bytes of a target that is no text', async () => {
    const target = Buffer.from([0xff, 0x61]);
    const { pax } = await headerOf(entry({ kind: 'link', target }));
    expect(Buffer.from(recordOf(pax, SENT_LINK), 'base64')).toEqual(target);
  });

  it('is a folder where it is one', async () => {
    expect(await headerOf(entry({ kind: 'folder' }))).toMatchObject({
      ...{ name: '0/a/', type: 'directory' },
    });
  });

  it('says a size that eleven digits do not hold', () => {
    const bytes = tarHeader(entry({ size: 3 * 2 ** 40 }));
    expect(bytes.includes(Buffer.from(`size=${3 * 2 ** 40}\n`))).toBe(true);
    expect(tarHeader(entry({ size: 2 ** 33 - 1 })).includes('size=')).toBe(false);
  });

  it('is read after any other, with content of any length', async () => {
    const sizes = [0, 1, 511, 512, 513, 1023, 1024, 70_000];
    const sent = sizes.map((size, at) => {
      const path = Buffer.from(`0/${'n'.repeat((at * 37) % 140)}${at}`);
      return [entry({ path, size }), Buffer.alloc(size, at + 1)] as const;
    });
    const found = await read(tarOf(...sent));
    expect(found.map(({ header, content }) => [header.name, content.length])).toEqual(
      sent.map(([{ path }, content]) => [path.toString(), content.length]),
    );
    expect(found.every(({ content }, at) => content.every((byte) => byte === at + 1))).toBe(true);
  });

  it('has a time that a header can hold, also where the disk says nonsense', async () => {
    for (const mtimeNs of [-5_000_000_000n, 0n, 4_102_444_800_000_000_000n]) {
      const { mtime } = await headerOf(entry({ mtimeNs }));
      expect(mtime?.getTime()).toBe(Math.max(0, Number(mtimeNs / 1_000_000n)));
    }
  });
});
