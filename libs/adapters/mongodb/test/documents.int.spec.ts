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
import { planQuery, type Query } from '#libs/ports/documents';
import {
  documentsContract,
  leasesContract,
  manualClock,
  type DocumentsHarness,
  type LeasesHarness,
} from '#suites/documents';

import { filterOf, sortOf } from '../src/documents-query.js';
import type { MongoDocument } from '../src/documents-stored.js';

interface Stage {
  readonly stage: string;
  readonly inputStage?: Stage;
}

interface Explained {
  readonly queryPlanner: { readonly winningPlan: Stage };
  readonly executionStats: { readonly totalKeysExamined: number };
}

const stagesOf = ({ stage, inputStage }: Stage): readonly string[] => [
  stage,
  ...(inputStage === undefined ? [] : stagesOf(inputStage)),
];

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

    it('makes the indexes anew that an older version made without the order', async () => {
      const database = connect();
      const documents = mongodbDocuments({ database, clock });
      const old = { name: 'upgraded', fields: ['state', 'at'] };
      await documents.put(old, [{ id: 'x', body: 1, fence: { era: 1, position: 1 } }]);
      const ordered = { ...old, orderedBy: 'at' };
      // Two processes may come forward at the same time.
      const others = [mongodbDocuments({ database, clock }), mongodbDocuments({ database, clock })];
      await Promise.all(others.map((each) => each.get(ordered, ['x'])));
      const indexes = await database.db.collection('documents_upgraded').indexes();
      expect(indexes.map(({ key }) => Object.keys(key).join()).sort()).toEqual(
        ['_id', 't', 'f.at,_id', 'f.state,f.at,_id'].sort(),
      );
    });

    it.each([true, false])('reads a list as one range (descending: %s)', async (descending) => {
      const database = connect();
      const documents = mongodbDocuments({ database, clock });
      const fields = ['deleted', 'source', 'at'];
      const calls = { name: `calls_${descending}`, fields, orderedBy: 'at' };
      await documents.put(
        calls,
        Array.from({ length: 3000 }, (_, i) => ({
          ...{ id: `${i}`, body: 1, fence: { era: 1, position: 1 } },
          fields: { deleted: 0, source: 'a', ...(i % 3 > 0 && { at: i }) },
        })),
      );
      const order = { field: 'at', descending };
      const list: Query = { where: { deleted: 0 }, order, limit: 10 };
      const queries = [list, { ...list, where: { deleted: 0, source: 'a' } }, { ...list, from: 9 }];
      for (const query of [...queries]) queries.push({ ...query, after: await middleOf(query) });
      const explained = queries.flatMap((query) => {
        const plan = planQuery(calls, query);
        return plan.stretches.map((stretch) =>
          database.db
            .collection<MongoDocument>(`documents_${calls.name}`)
            .find(filterOf(plan, stretch, clock.now()))
            .sort(sortOf(plan))
            .limit(plan.limit + 1)
            .explain('executionStats'),
        );
      });
      for (const each of await Promise.all(explained)) {
        const { executionStats, queryPlanner } = each as Explained;
        expect(stagesOf(queryPlanner.winningPlan)).toEqual(['LIMIT', 'FETCH', 'IXSCAN']);
        expect(executionStats.totalKeysExamined).toBeLessThan(20);
      }

      async function middleOf(query: Query): Promise<string> {
        const { next } = await documents.query(calls, { ...query, limit: 1500 });
        return next ?? '';
      }
    });

    it('has one winner for each write of processes that compete', async () => {
      const program = await bundleProgram(
        new URL('./programs/write-documents.ts', import.meta.url),
      );
      const database = databaseName();
      const work = { processes: 3, puts: 20, swaps: 15 };
      const running = Array.from({ length: work.processes }, (_, i) => {
        const numbers = [i + 1, work.processes, work.puts, work.swaps].map(String);
        return new RunningProgram(program, [set.url, database, ...numbers]);
      });
      await Promise.all(running.map((each) => each.line()));
      for (const each of running) each.tell('begin');
      const told = await Promise.all(running.map((each) => each.line()));
      expect(await Promise.all(running.map((each) => each.end()))).toEqual([0, 0, 0]);
      await removeProgram(program);
      const outcomes = new Map(told.flatMap((line) => JSON.parse(line) as [number, string][]));
      const documents = mongodbDocuments({ database: connect({ name: database }), clock });
      const contended = { name: 'contended', fields: ['count'] };
      const [fenced, counter] = await documents.get(contended, ['fenced', 'counter']);
      const newest = work.processes * work.puts;
      expect(fenced?.fence).toEqual({ era: 1, position: newest });
      expect(outcomes.get(newest)).toBe('written');
      const written = [...outcomes.values()].filter((outcome) => outcome === 'written');
      expect(fenced?.version).toBe(written.length);
      expect(new Set(outcomes.values()).has('equal')).toBe(false);
      const added = work.processes * work.swaps;
      expect(counter).toMatchObject({ body: added, version: added, fields: { count: added } });
    }, 60_000);

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

    it('can be taken over although the primary dies with the holder', async () => {
      const leases = mongodbLeases({ database: connect() });
      const ttlMs = 5000;
      expect(await leases.acquire('projector', 'dead', ttlMs)).toBeDefined();
      const killed = await set.killPrimary();
      let taken: Awaited<ReturnType<typeof leases.acquire>>;
      while (!taken) {
        // While there is no primary the answer may be "unavailable": ask again, as a role does.
        taken = await leases.acquire('projector', 'next', ttlMs).catch(unlessUnavailable);
        if (!taken) await delay(250);
      }
      expect(taken).toMatchObject({ holder: 'next', term: 2 });
      expect(await leases.renew('projector', 'dead', 1, ttlMs)).toBe(false);
      await set.restart(killed);
    }, 60_000);
  });
});
