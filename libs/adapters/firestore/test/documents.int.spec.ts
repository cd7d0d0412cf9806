import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { FirestoreDatabase, firestoreDocuments } from '#libs/adapters/firestore';
import { describePeer, type Emulator } from '#libs/testing';
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

    it('says unavailable in time when nobody answers', async () => {
      const documents = firestoreDocuments({ database: connect('127.0.0.1:1', 500), clock });
      const unavailable = { code: 'DOCUMENTS_UNAVAILABLE' };
      await expect(documents.get(collection, ['x'])).rejects.toMatchObject(unavailable);
      await expect(documents.swap(collection, { id: 'x', body: 1 }, 0)).rejects.toMatchObject(
        unavailable,
      );
    });

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
