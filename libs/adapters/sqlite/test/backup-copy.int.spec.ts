import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { newestSealed, SqliteDatabase, sqliteBus } from '#libs/adapters/sqlite';
import { systemClock } from '#libs/kernel';

import {
  DELIVERIES,
  derived,
  GONE,
  INTAKE,
  kept,
  MARK,
  openInnkeeper,
  openKeys,
} from './backup-harness.js';
import { storedKey } from './keys-harness.js';

const never = (): AbortSignal => new AbortController().signal;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'innkeeper-backup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const into = (name: string): string => {
  mkdirSync(join(folder, name));
  return join(folder, name);
};

describe('a copy of the embedded database', () => {
  it('has what is derived in no byte, and what is kept in some', async () => {
    const { database, documents, source, observe } = openInnkeeper(folder);
    await observe(10);
    for (let i = 0; i < 200; i++)
      await documents.swap(derived, { id: `${GONE}${i}`, body: { note: GONE.repeat(50) } }, 0);
    await documents.swap(kept, { id: 'k', body: { note: MARK } }, 0);
    const to = into('copy');
    const { manifest } = await source.export(to, { signal: never() });
    await database.close();
    const bytes = readFileSync(join(to, 'innkeeper.db'));
    expect(bytes.includes(MARK)).toBe(true);
    expect(bytes.includes(GONE)).toBe(false);
    expect(Object.keys(manifest.counts)).not.toContain('derived_1');
  });

  it('leaves out messages on the bus, counts deliveries among them, and keeps where numbers are', async () => {
    const { database, source, observe } = openInnkeeper(folder);
    await observe(1);
    const bus = sqliteBus({ database, clock: systemClock });
    await bus.create(
      [{ name: DELIVERIES } as never],
      [{ name: INTAKE, topic: { name: DELIVERIES } } as never],
    );
    const data = Buffer.from(GONE);
    const messages = Array.from({ length: 7 }, () => ({ data, attributes: {} }));
    await bus.publish({ name: DELIVERIES } as never, messages);
    const to = into('copy');
    const { manifest } = await source.export(to, { signal: never() });
    expect(manifest.waiting).toBe(7);
    expect(manifest.counts).toMatchObject({ bus_subscriptions: 1, bus_sequence: 1 });
    expect(readFileSync(join(to, 'innkeeper.db')).includes(GONE)).toBe(false);
    await bus.close();
    await database.close();
  });

  it('ends when the database is closed, and nothing of it is left open', async () => {
    const { database, source, observe, path } = openInnkeeper(folder);
    for (let i = 0; i < 40; i++) await observe(500);
    let isBegun = (): void => undefined;
    const begun = new Promise<void>((done) => (isBegun = done));
    const copy = source.export(into('copy'), { signal: never(), onProgress: () => isBegun() });
    const failed = expect(copy).rejects.toMatchObject({ code: 'DOCUMENTS_UNAVAILABLE' });
    await begun;
    await database.close();
    await failed;
    const again = new SqliteDatabase(path);
    expect(again.sql('SELECT count(*) AS facts FROM log_facts').get()?.['facts']).toBe(20_001);
    await again.close();
  });
});

describe('a copy of the embedded keys', () => {
  it('has wrapped keys, and one that was destroyed in no byte', async () => {
    const path = join(folder, 'keys.db');
    const { keys, source } = openKeys(path);
    const plain = Buffer.from(MARK);
    keys.seal([
      { stream: 'guest/stays', plain },
      { stream: 'guest/goes', plain },
    ]);
    const stays = Buffer.from(storedKey(path, 'guest/stays') ?? []);
    const goes = Buffer.from(storedKey(path, 'guest/goes') ?? []);
    await keys.destroy(['guest/goes'], 1);
    const to = into('copy');
    await source.export(to, { signal: never() });
    keys.close();
    const bytes = readFileSync(join(to, 'keys.db'));
    expect(bytes.includes(stays)).toBe(true);
    expect(bytes.includes(goes)).toBe(false);
    expect(bytes.includes(plain)).toBe(false);
  });
});

describe('the newest sealed value of two copies', () => {
  const copies = async (destroy: readonly string[], seals: readonly string[]) => {
    const { database, log, source } = openInnkeeper(folder);
    const { keys, source: ofKeys } = openKeys(join(folder, 'keys.db'));
    const plain = Buffer.from(MARK);
    const drafts = ['guest/one', 'guest/two'].map((stream, i) => ({
      ...{ id: `00000000-0000-8000-8000-00000000000${i}`, stream, occurredAt: 1 },
      ...{ type: 'intake.guest.observed.v1', meta: '{}', data: '{}' },
      personal: keys.seal([{ stream: seals[i] ?? stream, plain }])[0] ?? new Uint8Array(),
    }));
    await log.observe(drafts);
    const innkeeper = into('innkeeper');
    await source.export(innkeeper, { signal: never() });
    await keys.destroy(destroy, 1);
    const keyed = into('keys');
    await ofKeys.export(keyed, { signal: never() });
    await database.close();
    keys.close();
    return newestSealed(innkeeper, keyed);
  };

  it('is the last one, with its wrapped key', async () => {
    const found = await copies([], []);
    expect(found?.stream).toBe('guest/two');
    expect(found?.wrapped).toHaveLength(56);
  });

  it('is one whose key was not destroyed between both copies', async () => {
    expect((await copies(['guest/two'], []))?.stream).toBe('guest/one');
  });

  it('says so where the keys lack its key', async () => {
    const found = await copies([], ['guest/one', 'guest/other']);
    expect([found?.stream, found?.wrapped]).toEqual(['guest/two', undefined]);
  });
});
