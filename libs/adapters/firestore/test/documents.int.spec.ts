import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { FirestoreDatabase, firestoreDocuments } from '#libs/adapters/firestore';
import { describePeer, describePeers, type Emulator, type Toxiproxy } from '#libs/testing';
import { documentsContract, manualClock, type DocumentsHarness } from '#suites/documents';

describePeer('firestore', 'documents on Firestore', (peer) => {
  let emulator: Emulator;
  const open: FirestoreDatabase[] = [];
  const clock = manualClock();

  const connect = (emulatorHost = emulator.host, timeoutMs = 60_000): FirestoreDatabase => {
    const database = new FirestoreDatabase({ project: 'innkeeper-test', emulatorHost, timeoutMs });
    open.push(database);
    return database;
  };

  beforeAll(async () => {
    emulator = await peer.start();
  }, 120_000);

  afterAll(async () => {
    await Promise.all(open.map((database) => database.close()));
    await emulator.stop();
  }, 60_000);

  documentsContract(
    'documents on Firestore',
    () =>
      Promise.resolve<DocumentsHarness>({
        clock,
        make: () => Promise.resolve(firestoreDocuments({ database: connect(), clock })),
        settle: () => Promise.resolve(),
        restart: async () => {
          await emulator.kill();
          await emulator.restart();
        },
        dispose: () => Promise.resolve(),
      }),
    { keeps: { not: 'the emulator holds everything in memory' } },
  );

  describe('documents on Firestore, beside the suite', () => {
    const collection = { name: 'beside', fields: [] };

    it('says unavailable once its client is closed', async () => {
      const database = connect();
      const documents = firestoreDocuments({ database, clock });
      await database.close();
      await expect(documents.get(collection, ['x'])).rejects.toMatchObject({
        code: 'DOCUMENTS_UNAVAILABLE',
      });
    });
  });
});

describePeers(
  ['firestore', 'toxiproxy'],
  'documents on a Firestore that goes away',
  (peer, proxies) => {
    const collection = { name: 'away', fields: [] };
    let emulator: Emulator;
    let toxiproxy: Toxiproxy;

    beforeAll(async () => {
      [emulator, toxiproxy] = await Promise.all([peer.shared(), proxies.shared()]);
    }, 120_000);

    it('says unavailable, and works again when it is back', async () => {
      const proxy = await toxiproxy.proxyTo(emulator.port);
      const database = new FirestoreDatabase({
        ...{ project: 'innkeeper-away', emulatorHost: proxy.host, timeoutMs: 4000 },
      });
      const documents = firestoreDocuments({ database, clock: manualClock() });
      const again = { id: 'one', body: 1, fence: { era: 1, position: 1 } };
      const put = () => documents.put(collection, [again]);
      while ((await put().catch(outcomeOfFault)) === undefined);
      await proxy.cut();
      await expect(put()).rejects.toMatchObject({ code: 'DOCUMENTS_UNAVAILABLE' });
      await proxy.mend();
      let back: unknown;
      while (back === undefined) back = await put().catch(outcomeOfFault);
      expect(back).toEqual(['equal']);
      await database.close();
    }, 60_000);
  },
);

const outcomeOfFault = (error: unknown): undefined => {
  expect(error).toMatchObject({ code: 'DOCUMENTS_UNAVAILABLE' });
};
