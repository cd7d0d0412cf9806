import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { Secret } from '#libs/kernel';
import { databaseName, describePeers, type Toxiproxy, type ToxicProxy } from '#libs/testing';

import { Opened } from '../src/composition/opened.js';
import { OpenMongodb } from '../src/composition/open-mongodb.js';
import type { Opening } from '../src/composition/opening.js';

describePeers(['mongodb', 'toxiproxy'], 'a start while MongoDB is away', (mongodb, toxi) => {
  let toxiproxy: Toxiproxy;
  let proxy: ToxicProxy;

  beforeAll(async () => {
    const set = await mongodb.shared();
    toxiproxy = await toxi.start();
    proxy = await toxiproxy.proxyTo(await set.primaryPort());
  }, 60_000);

  afterAll(() => toxiproxy.stop());

  it('opens every port, says which back end is away, and works without a restart once it is back', async () => {
    const url = `mongodb://${proxy.host}/?directConnection=true&serverSelectionTimeoutMS=2000`;
    const where = { url: new Secret(url), database: databaseName() };
    const opening: Opening = {
      ...({ data: undefined, settings: undefined } as unknown as Opening),
      ...{ opened: new Opened(), backEnds: [], retained: [], tidiers: [] },
    };
    const mongo = new OpenMongodb(opening);
    await proxy.cut();
    const masterKey = new Secret(randomBytes(32).toString('hex'));
    const [log, documents, leases, keys] = await Promise.all([
      mongo.eventLog(where),
      mongo.documents(where),
      mongo.leases(where),
      mongo.keys({ ...where, masterKey }),
    ]);
    const collection = { name: 'things', fields: ['state'] };
    const item = { stream: 'call/1', plain: new Uint8Array(3) };
    const ask = () =>
      Promise.allSettled([
        log.head(),
        documents.get(collection, ['one']),
        leases.acquire('a', 'one', 1000),
        keys.seal([item]),
        ...opening.backEnds.map(({ ping }) => ping()),
      ]);
    const codes = (await ask()).map(
      (each) => each.status === 'rejected' && (each.reason as { code: string }).code,
    );
    expect(codes).toEqual([
      ...['LOG_UNAVAILABLE', 'DOCUMENTS_UNAVAILABLE', 'DOCUMENTS_UNAVAILABLE'],
      ...['KEYS_UNAVAILABLE', 'DOCUMENTS_UNAVAILABLE'],
    ]);
    await proxy.mend();
    const back = await ask();
    expect(back.map(({ status }) => status)).toEqual(back.map(() => 'fulfilled'));
    await opening.opened.close();
  }, 60_000);
});
