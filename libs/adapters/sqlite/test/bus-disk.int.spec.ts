import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { fault, systemClock } from '#libs/kernel';
import { again, Consumer, declare, numbered, text } from '#suites/bus';
import { HANG_MS } from '#libs/testing';

import { SqliteDatabase, sqliteBus, type SqliteBus } from '../src/index.js';

/** A disk whose end a test decides: what is asked for is refused as SQLite would refuse it. */
class FillableDatabase extends SqliteDatabase {
  full = false;

  override write<T>(work: () => T): Promise<T> {
    return this.full ? Promise.reject(fault('STORE_FULL')) : super.write(work);
  }
}

describe('the bus on SQLite and its disk', () => {
  const patience = { patienceMs: HANG_MS };
  const { topic, all, subscriptions } = declare();
  const [subscription] = subscriptions;
  const large = { data: new Uint8Array(512 * 1024).fill(7), attributes: {} };
  let folder: string;
  let database: FillableDatabase;
  let bus: SqliteBus;

  const open = async () => {
    database = new FillableDatabase(join(folder, 'bus.db'));
    bus = sqliteBus({ database, clock: systemClock });
    await bus.create(all, subscriptions);
  };
  const close = async () => {
    await bus.close();
    await database.close();
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'innkeeper-bus-disk-'));
    await open();
  });
  afterEach(async () => {
    await close();
    await rm(folder, { recursive: true });
  });

  it('answers STORE_FULL, keeps what it has, and works again when there is room', async () => {
    await bus.publish(topic, [text('before')]);
    const pages = database.sql('PRAGMA page_count').get()?.['page_count'];
    database.exec(`PRAGMA max_page_count = ${Number(pages) + 4}`);
    const [full, small] = await Promise.allSettled([
      bus.publish(topic, [large]),
      bus.publish(topic, [text('small')]),
    ]);
    expect(full).toMatchObject({ status: 'rejected', reason: { code: 'STORE_FULL' } });
    expect(small?.status).toBe('fulfilled');
    expect((await bus.backlog(subscription)).waiting).toBe(2);
    database.exec('PRAGMA max_page_count = 100000');
    await bus.publish(topic, [text('after')]);
    const consumer = await Consumer.start(patience, bus, subscription);
    await consumer.untilSeen('before', 'small', 'after');
    expect(consumer.bodies).toHaveLength(3);
  });

  it('keeps outcomes that the full disk refuses, hands out nothing twice, and writes them later', async () => {
    await bus.publish(topic, numbered(40).map(text));
    database.full = true;
    const consumer = await Consumer.start(patience, bus, subscription);
    await consumer.untilSeen(...numbered(20));
    await delay(50);
    expect(consumer.bodies).toHaveLength(20);
    database.full = false;
    await consumer.untilSeen(...numbered(40));
    await consumer.consumption.close();
    expect(consumer.bodies.sort()).toEqual(numbered(40).sort());
    expect((await bus.backlog(subscription)).waiting).toBe(0);
  });

  it('remembers a delay and the attempts over a restart', async () => {
    await bus.publish(topic, [text('later')]);
    const first = await Consumer.start(patience, bus, subscription, () => again(400));
    await first.untilSeen('later');
    const failedAt = first.seen[0]?.at ?? 0;
    await close();
    await open();
    const second = await Consumer.start(patience, bus, subscription);
    await second.untilSeen('later');
    expect(second.seen[0]?.attempt).toBe(2);
    expect((second.seen[0]?.at ?? 0) - failedAt).toBeGreaterThanOrEqual(395);
  });

  it('never gives an id a second time, even after everything was done and the file opened again', async () => {
    const ids: (string | undefined)[] = [];
    for (const body of ['one', 'two', 'three']) {
      await bus.publish(topic, [text(body)]);
      const consumer = await Consumer.start(patience, bus, subscription);
      await consumer.untilSeen(body);
      ids.push(consumer.seen[0]?.id);
      await close();
      await open();
    }
    expect(new Set(ids).size).toBe(3);
  });

  it('leaves no byte of what is done, once the file is truncated', async () => {
    const secret = 'a guest’s very own words';
    const bytes = async () =>
      (await Promise.all(['bus.db', 'bus.db-wal'].map((name) => readFile(join(folder, name)))))
        .map((file) => file.includes(secret))
        .some(Boolean);
    await bus.publish(topic, [text(secret), large]);
    expect(await bytes()).toBe(true);
    const consumer = await Consumer.start(patience, bus, subscription);
    await consumer.until('for both', ({ seen }) => seen.length === 2);
    await consumer.consumption.close();
    database.truncate();
    expect(await bytes()).toBe(false);
  });
});
