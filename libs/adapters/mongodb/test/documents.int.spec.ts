import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import {
  MongoDatabase,
  mongodbDocuments,
  mongodbLeases,
  type MongoDatabaseOptions,
} from '#libs/adapters/mongodb';
import {
  bundleProgram,
  databaseName,
  describePeer,
  removeProgram,
  RunningProgram,
  type MongoReplicaSet,
} from '#libs/testing';
import {
  documentsContract,
  leasesContract,
  manualClock,
  type DocumentsHarness,
  type LeasesHarness,
} from '#suites/documents';

const unlessUnavailable = (error: unknown): undefined => {
  expect(error).toMatchObject({ code: 'DOCUMENTS_UNAVAILABLE' });
};

describePeer('mongodb', 'documents and leases on MongoDB', (peer) => {
  let set: MongoReplicaSet;
  const open: MongoDatabase[] = [];
  const name = databaseName();

  const connect = (options: Partial<MongoDatabaseOptions> = {}): MongoDatabase => {
    const database = new MongoDatabase({ url: set.url, name, ...options });
    open.push(database);
    return database;
  };

  /** kill -9 of the primary: a new one is elected, the old one comes back and follows. */
  const restart = async () => set.restart(await set.killPrimary());

  beforeAll(async () => {
    set = await peer.start();
  }, 120_000);

  afterAll(async () => {
    await Promise.all(open.map((database) => database.close()));
    await set.stop();
  }, 60_000);

  const clock = manualClock();

  documentsContract('documents on MongoDB', () =>
    Promise.resolve<DocumentsHarness>({
      clock,
      make: () => Promise.resolve(mongodbDocuments({ database: connect(), clock })),
      settle: () => Promise.resolve(),
      restart,
      dispose: () => Promise.resolve(),
    }),
  );

  leasesContract('leases on MongoDB', () =>
    Promise.resolve<LeasesHarness>({
      make: () => Promise.resolve(mongodbLeases({ database: connect() })),
      pass: (ms) => delay(ms),
      restart,
      dispose: () => Promise.resolve(),
    }),
  );

  describe('documents on MongoDB, beside the suite', () => {
    it('keeps an index per declared field, and one that removes a day after expiry', async () => {
      const database = connect();
      const collection = { name: 'indexed', fields: ['state', 'startedAt'] };
      await mongodbDocuments({ database, clock }).get(collection, ['x']);
      const indexes = await database.db.collection('documents_indexed').indexes();
      expect(indexes).toMatchObject([
        { key: { _id: 1 } },
        { key: { t: 1 }, expireAfterSeconds: 86_400 },
        { key: { 'f.state': 1, _id: 1 } },
        { key: { 'f.startedAt': 1, _id: 1 } },
      ]);
    });

    it('says unavailable when no server answers', async () => {
      const database = connect({
        url: 'mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200',
        timeoutMs: 300,
      });
      const documents = mongodbDocuments({ database, clock });
      const collection = { name: 'away', fields: [] };
      const unavailable = { code: 'DOCUMENTS_UNAVAILABLE' };
      await expect(documents.get(collection, ['x'])).rejects.toMatchObject(unavailable);
      const put = documents.put(collection, [{ id: 'x', body: 1, fence: { era: 1, position: 1 } }]);
      await expect(put).rejects.toMatchObject(unavailable);
      const lease = mongodbLeases({ database }).acquire('a', 'one', 1000);
      await expect(lease).rejects.toMatchObject(unavailable);
    });
  });

  describe('leases on MongoDB, beside the suite', () => {
    it('go round between processes whose clocks are twenty minutes apart, only when they expire', async () => {
      const program = await bundleProgram(new URL('./programs/take-leases.ts', import.meta.url));
      const ttlMs = 400;
      const times = 4;
      const started = performance.now();
      const running = ['-600000', '600000'].map(
        (skew) => new RunningProgram(program, [set.url, name, `${ttlMs}`, `${times}`, skew]),
      );
      const took = await Promise.all(running.map((each) => each.line()));
      const elapsed = performance.now() - started;
      expect(await Promise.all(running.map((each) => each.end()))).toEqual([0, 0]);
      await removeProgram(program);
      const terms = took.flatMap((line) => JSON.parse(line) as number[]);
      expect(terms.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect(elapsed).toBeGreaterThan((2 * times - 1) * ttlMs);
    }, 60_000);

    it('can be taken over within 15 s although the primary dies with the holder', async () => {
      const leases = mongodbLeases({ database: connect() });
      const ttlMs = 5000;
      expect(await leases.acquire('projector', 'dead', ttlMs)).toBeDefined();
      const killed = await set.killPrimary();
      const started = performance.now();
      let taken: Awaited<ReturnType<typeof leases.acquire>>;
      while (!taken) {
        // While there is no primary the answer may be "unavailable": ask again, as a role does.
        taken = await leases.acquire('projector', 'next', ttlMs).catch(unlessUnavailable);
        if (!taken) await delay(250);
      }
      expect(performance.now() - started).toBeLessThan(15_000);
      expect(taken).toMatchObject({ holder: 'next', term: 2 });
      expect(await leases.renew('projector', 'dead', 1, ttlMs)).toBe(false);
      await set.restart(killed);
    }, 60_000);
  });
});
