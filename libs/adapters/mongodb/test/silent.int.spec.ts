import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import {
  MongoDatabase,
  mongodbDocuments,
  mongodbEventLog,
  mongodbKeys,
  mongodbLeases,
} from '#libs/adapters/mongodb';
import { Secret, systemClock, type Code } from '#libs/kernel';
import { databaseName, describePeers, type Toxiproxy, type ToxicProxy } from '#libs/testing';
import { drafts, positionsOf } from '#suites/event-log';

/** Long, so that a busy machine's own delays are small beside it. */
const timeoutMs = 4000;
/** We answer after one and a half time-outs; the driver by itself, after four. */
const soonMs = 3 * timeoutMs;

describePeers(['mongodb', 'toxiproxy'], 'a MongoDB that has fallen silent', (mongodb, toxi) => {
  const collection = { name: 'things', fields: ['state'] };
  const document = { id: 'one', body: 1, fence: { era: 1, position: 1 } };
  const warnings: Error[] = [];
  const hear = (warning: Error) => warnings.push(warning);
  let toxiproxy: Toxiproxy;
  let proxy: ToxicProxy;
  let url: string;

  beforeAll(async () => {
    process.on('warning', hear);
    const set = await mongodb.shared();
    toxiproxy = await toxi.start();
    proxy = await toxiproxy.proxyTo(await set.primaryPort());
    url = `mongodb://${proxy.host}/?directConnection=true`;
  }, 60_000);

  afterAll(async () => {
    process.off('warning', hear);
    await toxiproxy.stop();
  });

  /** Connections stay open, and no answer ever comes. */
  const silence = () =>
    proxy.add({ type: 'timeout', stream: 'downstream', attributes: { timeout: 0 } });

  const opened = async () => {
    const database = new MongoDatabase({ url, name: databaseName(), timeoutMs });
    const log = mongodbEventLog({ database, clock: systemClock, patienceMs: timeoutMs });
    const documents = mongodbDocuments({ database, clock: systemClock });
    const leases = mongodbLeases({ database });
    const masterKey = new Secret(new Uint8Array(randomBytes(32)));
    const keys = await mongodbKeys({ database, masterKey, clock: systemClock });
    await Promise.all([log.head(), documents.put(collection, [document])]);
    return { database, log, documents, leases, keys };
  };

  const tellsSoon = async (code: Code, work: Promise<unknown>): Promise<void> => {
    const started = performance.now();
    await expect(work).rejects.toMatchObject({ code });
    expect(performance.now() - started).toBeLessThan(soonMs);
  };

  it('is told to everybody who asks, and all works again when it answers', async () => {
    const { database, log, documents, leases, keys } = await opened();
    const batch = await drafts('silent', 2);
    const item = { stream: 'call/1', plain: new Uint8Array(3) };
    const toxic = await silence();
    await Promise.all([
      tellsSoon('LOG_UNAVAILABLE', log.head()),
      tellsSoon('LOG_UNAVAILABLE', log.read(0, 1)),
      tellsSoon('LOG_UNAVAILABLE', log.observe(batch)),
      tellsSoon('DOCUMENTS_UNAVAILABLE', documents.get(collection, ['one'])),
      tellsSoon('DOCUMENTS_UNAVAILABLE', documents.query(collection, { limit: 1 })),
      tellsSoon('DOCUMENTS_UNAVAILABLE', documents.put(collection, [document])),
      tellsSoon('DOCUMENTS_UNAVAILABLE', leases.acquire('a', 'one', 1000)),
      tellsSoon('KEYS_UNAVAILABLE', Promise.resolve(keys.seal([item]))),
    ]);
    await proxy.remove(toxic);
    expect(positionsOf(await log.observe(batch))).toEqual([2, 3]);
    expect(await documents.put(collection, [document])).toEqual(['equal']);
    expect(await leases.acquire('b', 'one', 1000)).toBeDefined();
    expect(await keys.seal([item])).toHaveLength(1);
    await database.db.dropDatabase();
    await database.close();
    expect(warnings).toEqual([]);
  }, 60_000);

  it('does not keep a client from closing', async () => {
    const { database, log } = await opened();
    const toxic = await silence();
    const reading = log.read(0, 1).catch(() => 'failed');
    const started = performance.now();
    await database.close();
    expect(performance.now() - started).toBeLessThan(soonMs);
    expect(await reading).toBe('failed');
    await proxy.remove(toxic);
  }, 60_000);
});
