import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';

import {
  databaseName,
  describePeer,
  type MongoReplicaSet,
  type Toxiproxy,
} from '../src/peers/index.js';

describePeer('mongodb', 'a replica set of three', (peer) => {
  let set: MongoReplicaSet;
  beforeAll(async () => {
    set = await peer.start();
  }, 60_000);
  afterAll(() => set.stop());

  it('takes majority writes, survives kill -9 of its primary, and takes the member back', async () => {
    const client = new MongoClient(set.url);
    const collection = client
      .db(databaseName())
      .collection<{ _id: number }>('c', { writeConcern: { w: 'majority', journal: true } });
    await collection.insertOne({ _id: 1 });
    const killed = await set.killPrimary();
    await collection.insertOne({ _id: 2 });
    expect(await set.primaryPort()).not.toBe(killed);
    await set.restart(killed);
    expect(await collection.countDocuments({}, { readConcern: 'majority' })).toBe(2);
    await client.close();
  }, 60_000);
});

describePeer('mongodb', 'the shared replica set', (peer) => {
  it('is one and the same for everybody in the run', async () => {
    const [one, other] = await Promise.all([peer.shared(), peer.shared()]);
    expect(one.url).toBe(other.url);
  }, 60_000);
});

describePeer('toxiproxy', 'toxiproxy', (peer) => {
  let toxiproxy: Toxiproxy;
  beforeAll(async () => {
    toxiproxy = await peer.start();
  });
  afterAll(() => toxiproxy.stop());

  it('cuts a connection and mends it', async () => {
    const proxy = await toxiproxy.proxyTo(toxiproxy.description.port);
    const ask = () => fetch(`http://${proxy.host}/version`, { headers: { connection: 'close' } });
    expect((await ask()).status).toBe(200);
    await proxy.cut();
    await expect(ask()).rejects.toThrow('fetch failed');
    await proxy.mend();
    expect((await ask()).status).toBe(200);
  });
});

for (const name of ['pubsub', 'pubsub-fake', 'firestore'] as const) {
  describePeer(name, `the emulator ${name}`, (peer) => {
    it('listens, and again on the same port after a kill', async () => {
      const emulator = await peer.start();
      const { host } = emulator;
      await emulator.kill();
      await emulator.restart();
      expect(emulator.host).toBe(host);
      await emulator.stop();
    }, 60_000);
  });
}
