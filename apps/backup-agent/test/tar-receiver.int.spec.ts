import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pack } from 'tar-stream';

import { TarReceiver } from '../src/tar-receiver.js';

type Entries = (readonly [name: string, content: string | Buffer | { readonly to: string }])[];

const tarOf = async (entries: Entries): Promise<Buffer> => {
  const tar = pack();
  for (const [name, content] of entries)
    if (name.endsWith('/')) tar.entry({ name, type: 'directory', mode: 0o750 });
    else if (typeof content === 'string' || Buffer.isBuffer(content))
      tar.entry({ name, mode: 0o640, mtime: new Date(1_700_000_000_000) }, content);
    else tar.entry({ name, type: 'symlink', linkname: content.to });
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

let folder = '';
let receiver: TarReceiver;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'innkeeper-tar-'));
  for (const name of ['copy', 'files']) mkdirSync(join(folder, name));
  receiver = new TarReceiver([join(folder, 'copy'), join(folder, 'files')], () => undefined);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const receive = (bytes: Buffer, chunk = 700): Promise<void> => {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += chunk) chunks.push(bytes.subarray(at, at + chunk));
  const body = Readable.toWeb(Readable.from(chunks)) as ReadableStream<Uint8Array>;
  return receiver.receive(body, new AbortController().signal, () => undefined);
};

const whole: Entries = [
  ['0/', ''],
  ['0/manifest.json', '{}'],
  ['1/', ''],
  ['1/deep/', ''],
  ['1/deep/zeros', Buffer.alloc(4_096)],
  ['1/link', { to: '/etc/passwd' }],
];

describe('a copy that is received', () => {
  it('lies below its own places, as it was sent', async () => {
    await receive(await tarOf(whole));
    await receiver.close();
    expect(readFileSync(join(folder, 'copy/manifest.json'), 'utf8')).toBe('{}');
    const { mode, mtimeMs } = statSync(join(folder, 'copy/manifest.json'));
    expect([mode & 0o777, mtimeMs]).toEqual([0o640, 1_700_000_000_000]);
    expect(statSync(join(folder, 'files/deep')).mode & 0o777).toBe(0o750);
    expect(statSync(join(folder, 'files/deep/zeros')).size).toBe(4_096);
    expect(readlinkSync(join(folder, 'files/link'))).toBe('/etc/passwd');
    expect(receiver.last).toBe('1/link');
  });

  it('is whole only with the end of its archive, wherever it breaks off', async () => {
    const bytes = await tarOf(whole);
    for (let length = 0; length < bytes.length; length += 512) {
      receiver = new TarReceiver([join(folder, 'copy'), join(folder, 'files')], () => undefined);
      await expect(receive(bytes.subarray(0, length), 4_000)).rejects.toMatchObject({
        code: 'BACKUP_DESK_UNREACHABLE',
      });
    }
    receiver = new TarReceiver([join(folder, 'copy'), join(folder, 'files')], () => undefined);
    await receive(bytes);
  });

  it('takes the last of several states of one file', async () => {
    await receive(
      await tarOf([
        ['0/', ''],
        ['0/a', 'before'],
        ['0/a', 'now'],
      ]),
    );
    expect(readFileSync(join(folder, 'copy/a'), 'utf8')).toBe('now');
  });

  it.each<[string, Entries]>([
    [
      'climbs',
      [
        ['0/', ''],
        ['0/../../out', 'x'],
      ],
    ],
    ['is absolute', [['/out', 'x']]],
    ['lies below a path that nobody saves', [['2/out', 'x']]],
    ['names no path', [['out', 'x']]],
    [
      'has a name without letters',
      [
        ['0/', ''],
        ['0//out', 'x'],
      ],
    ],
    [
      'goes through a link',
      [
        ['0/', ''],
        ['0/way', { to: '..' }],
        ['0/way/out', 'x'],
      ],
    ],
    [
      'is a folder in place of a link',
      [
        ['0/', ''],
        ['0/way', { to: '..' }],
        ['0/way/', ''],
      ],
    ],
    ['is a link in place of everything', [['0', { to: '/' }]]],
  ])('is refused where a name %s', async (_why, entries) => {
    await expect(receive(await tarOf(entries))).rejects.toMatchObject({
      code: 'BACKUP_SOURCE_UNREADABLE',
    });
    expect(existsSync(join(folder, 'out'))).toBe(false);
    expect(existsSync('/out')).toBe(false);
  });
});
