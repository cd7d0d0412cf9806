import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';

import { MongoDatabase, mongodbEventLog } from '#libs/adapters/mongodb';
import { asFault, Fault, systemClock } from '#libs/kernel';
import {
  HANG_MS,
  databaseName,
  describePeer,
  describePeers,
  LogProcesses,
  type MongoReplicaSet,
  type Toxiproxy,
  type ToxicProxy,
} from '#libs/testing';
import { draft, drafts, positionsOf, readAll, tail, type Log } from '#suites/event-log';

const expectDense = (positions: readonly number[]): void =>
  expect(positions).toEqual(positions.map((_, i) => i + 2));

describePeer('mongodb', 'the log on MongoDB when its primary is killed', (peer) => {
  const processes = new LogProcesses();
  let set: MongoReplicaSet;
  beforeAll(async () => {
    set = await peer.start();
  }, 60_000);
  afterAll(async () => {
    await processes.dispose();
    await set.stop();
  }, 60_000);

  it('loses and doubles nothing for three writing processes, and its reader sees it all', async () => {
    const name = databaseName();
    const database = new MongoDatabase({ url: set.url, name });
    const log = mongodbEventLog({ database, clock: systemClock });
    await log.head();
    const work = { batches: 400, size: 5, clients: 16 };
    const writers = await Promise.all(
      ['k1', 'k2', 'k3'].map((writer) =>
        processes.start(['mongodb', set.url, name], { writer, ...work }),
      ),
    );
    for (const writer of writers) writer.begin();
    let answers = 0;
    let killing: Promise<number> | undefined;
    const writing = Promise.all(
      writers.map(async (writer) => {
        const all: (readonly [string, number])[] = [];
        for await (const batch of writer.answers()) {
          all.push(...batch);
          if (++answers === 150) killing = set.killPrimary();
        }
        return all;
      }),
    );
    const seen = await tail(log, writing);
    const answered = (await writing).flat();
    const killed = await killing;
    expect(killed).toBeDefined();
    expect(answered).toHaveLength(3 * 400 * 5);
    expectDense(seen.map(({ position }) => position));
    const positions = new Map(seen.map(({ id, position }) => [id, position]));
    expect(positions.size).toBe(seen.length);
    expect(seen).toHaveLength(answered.length);
    expect(answered.filter(([id, position]) => positions.get(id) !== position)).toEqual([]);
    await database.close();
    await set.restart(killed ?? 0);
  }, 120_000);
});

describePeers(
  ['mongodb', 'toxiproxy'],
  'the log on MongoDB behind a bad network',
  (mongodb, toxi) => {
    let toxiproxy: Toxiproxy;
    let proxy: ToxicProxy;
    let direct: MongoDatabase;
    const open: MongoDatabase[] = [];
    const name = databaseName();

    beforeAll(async () => {
      const set = await mongodb.shared();
      toxiproxy = await toxi.start();
      proxy = await toxiproxy.proxyTo(await set.primaryPort());
      direct = new MongoDatabase({ url: set.url, name });
    }, 60_000);
    afterEach(async () => {
      await proxy.mend();
      await Promise.all(open.splice(0).map((database) => database.close()));
    });
    afterAll(async () => {
      await direct.db.dropDatabase();
      await direct.close();
      await toxiproxy.stop();
    });

    /** One way in, through the proxy, to the primary. */
    const behindProxy = (patienceMs: number): Log => {
      const url = `mongodb://${proxy.host}/?directConnection=true`;
      const database = new MongoDatabase({ url, name, timeoutMs: 500 });
      open.push(database);
      return mongodbEventLog({ database, clock: systemClock, patienceMs });
    };

    /** A log of so little patience may say once more that it is away, to a busy machine. */
    const onceReachable = async <T>(work: () => Promise<T>): Promise<T> => {
      for (;;) {
        const answer = await work().catch((error: unknown) => asFault(error));
        if (!(answer instanceof Fault)) return answer;
        if (answer.code !== 'LOG_UNAVAILABLE') throw answer;
      }
    };

    it('answers LOG_UNAVAILABLE while it is cut off, and works again after', async () => {
      const log = behindProxy(300);
      const before = await drafts('before', 2);
      await onceReachable(() => log.observe(before));
      await proxy.cut();
      const away = { code: 'LOG_UNAVAILABLE' };
      const cut = await drafts('cut', 2);
      await expect(log.observe(cut)).rejects.toMatchObject(away);
      await expect(log.decide('run/cut', 0, [])).rejects.toMatchObject(away);
      await expect(log.read(0, 1)).rejects.toMatchObject(away);
      await expect(log.head()).rejects.toMatchObject(away);
      await proxy.mend();
      expect(positionsOf(await onceReachable(() => log.observe(cut)))).toEqual([4, 5]);
    }, 60_000);

    it('waits out a short cut, so that the caller hears nothing of it', async () => {
      const log = behindProxy(HANG_MS);
      const { position } = await log.head();
      await proxy.cut();
      const appending = log.observe(await drafts('short', 3));
      await new MongoClient(`mongodb://${proxy.host}/?directConnection=true`, {
        serverSelectionTimeoutMS: 300,
      })
        .connect()
        .catch(() => undefined);
      await proxy.mend();
      expect(positionsOf(await appending)).toEqual([1, 2, 3].map((i) => position + i));
    }, 60_000);

    it('stores a fact once whose answer never came', async () => {
      const log = behindProxy(HANG_MS);
      const reader = mongodbEventLog({ database: direct, clock: systemClock });
      const { position } = await log.head();
      await log.observe([await draft('warm')]);
      // What is asked arrives; the first byte of any answer breaks the connection.
      const toxic = await proxy.add({
        type: 'limit_data',
        stream: 'downstream',
        attributes: { bytes: 1 },
      });
      const appending = log.observe(await drafts('unanswered', 4));
      await reader.wake(position + 1, AbortSignal.timeout(HANG_MS));
      await proxy.remove(toxic);
      const outcomes = await appending;
      expect(positionsOf(outcomes)).toEqual([2, 3, 4, 5].map((i) => position + i));
      expect((await reader.head()).position).toBe(position + 5);
      expect(outcomes.every(({ outcome }) => outcome === 'appended' || outcome === 'known')).toBe(
        true,
      );
      expectDense((await readAll(reader, 1)).map((fact) => fact.position));
    }, 60_000);

    describe('asked again by the caller after it gave up', () => {
      it('answers the old positions', async () => {
        const impatient = behindProxy(0);
        const { position } = await onceReachable(() => impatient.head());
        const warm = [await draft('warm too')];
        await onceReachable(() => impatient.observe(warm));
        const batch = await drafts('gave up', 4);
        const toxic = await proxy.add({
          type: 'limit_data',
          stream: 'downstream',
          attributes: { bytes: 1 },
        });
        await expect(impatient.observe(batch)).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' });
        await proxy.remove(toxic);
        const again = await behindProxy(HANG_MS).observe(batch);
        expect(positionsOf(again)).toEqual([2, 3, 4, 5].map((i) => position + i));
        expectDense((await readAll(behindProxy(HANG_MS), 1)).map((fact) => fact.position));
      }, 60_000);
    });
  },
);
