import { rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { keyWrap } from '#libs/adapters/node-crypto';
import { Secret, utf8, type Code, type Fault } from '#libs/kernel';

import { KeysFile } from '../src/keys-file.js';
import { keysIn } from '../src/keys.js';
import { bytesOnDisk, MASTER_KEY, storedKey } from './keys-harness.js';

const codeOf = (work: () => unknown): Code | 'nothing thrown' => {
  try {
    work();
    return 'nothing thrown';
  } catch (thrown) {
    return (thrown as Fault).code;
  }
};

const plain = utf8('Grace Hopper');
const batch = (count: number, name: string) =>
  Array.from({ length: count }, (_, i) => ({ stream: `${name}/${i}`, plain }));

describe('the file of the keys', () => {
  let folder: string;
  let file: KeysFile;
  const wrap = keyWrap(new Secret(MASTER_KEY));
  const path = (): string => join(folder, 'keys.db');

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'innkeeper-keys-'));
    file = new KeysFile(path());
  });
  afterEach(async () => {
    file.close();
    await rm(folder, { recursive: true });
  });

  it('syncs every commit and overwrites what it frees', () => {
    const setting = (name: string): unknown => file.sql(`PRAGMA ${name}`).get()?.[name];
    expect(setting('synchronous')).toBe(2);
    expect(setting('journal_mode')).toBe('wal');
    expect(setting('secure_delete')).toBe(1);
  });

  it('holds a destroyed key in no byte, though its neighbours came in any order', async () => {
    const keys = keysIn(file, wrap);
    // A stride that visits all in no order makes the index split its pages everywhere.
    const streams = Array.from({ length: 6000 }, (_, i) => `guest/${(i * 4999) % 6000}`);
    for (let i = 0; i < streams.length; i += 500)
      keys.seal(streams.slice(i, i + 500).map((stream) => ({ stream, plain })));
    const doomed = streams.filter((_, i) => i % 40 === 0);
    const wrapped = doomed.map((stream) => storedKey(path(), stream) ?? utf8('absent'));
    const before = bytesOnDisk(path());
    expect(wrapped.every((bytes) => before.includes(Buffer.from(bytes)))).toBe(true);

    await keys.destroy(doomed, 1);

    const after = bytesOnDisk(path());
    expect(wrapped.filter((bytes) => after.includes(Buffer.from(bytes)))).toEqual([]);
    expect(keys.seal([{ stream: streams[1] ?? '', plain }])[0]).toBeDefined();
  });

  it('gives the slots of retired keys to others, and no byte of any key is left where it was', async () => {
    const keys = keysIn(file, wrap);
    const streams = Array.from({ length: 3000 }, (_, i) => `guest/${1000 + ((i * 2999) % 3000)}`);
    const items = (name: string) => streams.map((stream) => ({ stream: name + stream, plain }));
    const rows = () => file.sql('SELECT count(*) AS rows FROM keys').get()?.['rows'];
    keys.seal(items('a'));
    const [before, wrapped] = [rows(), streams.map((it) => storedKey(path(), `a${it}`) ?? plain)];
    for (const name of ['b', 'c', 'd']) {
      const retired = items(String.fromCharCode(name.charCodeAt(0) - 1));
      await keys.retire(retired.map(({ stream }) => stream));
      keys.seal(items(name));
    }
    expect(rows()).toBe(before);
    const doomed = streams.filter((_, i) => i % 40 === 0).map((stream) => `d${stream}`);
    const [of, kept] = [(it: string) => storedKey(path(), it) ?? plain, `d${streams[1] ?? ''}`];
    const destroyed = doomed.map(of);
    await keys.destroy(doomed, 1);
    const after = bytesOnDisk(path());
    expect(after.includes(Buffer.from(of(kept)))).toBe(true);
    const left = [...wrapped, ...destroyed].filter((bytes) => after.includes(Buffer.from(bytes)));
    expect(left).toEqual([]);
  });

  it('asks again for a destruction whose bytes another reader still holds in the WAL', async () => {
    const keys = keysIn(file, wrap);
    keys.seal(batch(2, 'a'));
    file.exec('PRAGMA busy_timeout = 0');
    const reader = new KeysFile(path());
    reader.exec('BEGIN');
    reader.sql('SELECT count(*) FROM keys').get();
    await expect(keys.destroy(['a/0'], 1)).rejects.toMatchObject({ code: 'KEYS_UNAVAILABLE' });
    expect(keys.seal(batch(1, 'a'))).toEqual([undefined]);
    reader.exec('COMMIT');
    await keys.destroy(['a/0'], 2);
    expect(await keys.tombstones()).toEqual([{ stream: 'a/0', destroyedAt: 1 }]);
    reader.close();
  });

  it('says that the disk is full, keeps what it has, and goes on when there is room', async () => {
    const keys = keysIn(file, wrap);
    const kept = keys.seal(batch(10, 'kept'));
    const pages = Number(file.sql('PRAGMA page_count').get()?.['page_count']);
    file.exec(`PRAGMA max_page_count = ${pages}`);
    expect(codeOf(() => keys.seal(batch(512, 'new')))).toBe('STORE_FULL');
    expect(codeOf(() => keys.seal(batch(512, 'new')))).toBe('STORE_FULL');
    const sealed = batch(10, 'kept').map(({ stream }, i) => ({
      stream,
      sealed: kept[i] ?? plain,
    }));
    expect(keys.open(sealed)).toEqual(sealed.map(() => plain));
    expect(storedKey(path(), 'new/0')).toBeUndefined();

    file.exec('PRAGMA max_page_count = 4294967294');
    const later = keys.seal(batch(512, 'new'));
    expect(keys.open([{ stream: 'new/511', sealed: later[511] ?? plain }])).toEqual([plain]);
  });

  it('says so when it is used after it was closed', async () => {
    const keys = keysIn(file, wrap);
    keys.close();
    keys.close();
    expect(codeOf(() => keys.seal(batch(1, 'a')))).toBe('KEYS_UNAVAILABLE');
    expect(codeOf(() => keys.open([{ stream: 'a/0', sealed: plain }]))).toBe('KEYS_UNAVAILABLE');
    await expect(keys.destroy(['a'], 1)).rejects.toMatchObject({ code: 'KEYS_UNAVAILABLE' });
    await expect(keys.tombstones()).rejects.toMatchObject({ code: 'KEYS_UNAVAILABLE' });
  });

  it('says that it cannot be reached where there is no folder for it', () => {
    expect(codeOf(() => new KeysFile(join(folder, 'none', 'keys.db')))).toBe('KEYS_UNAVAILABLE');
  });

  it('answers at once, not in a promise', () => {
    const keys = keysIn(file, wrap);
    expect(Array.isArray(keys.seal(batch(2, 'a')))).toBe(true);
    expect(Array.isArray(keys.fingerprint([plain]))).toBe(true);
  });
});
