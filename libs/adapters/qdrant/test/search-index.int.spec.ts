import { afterAll, beforeAll } from '@jest/globals';

import { qdrantSearchIndex, type QdrantSearchIndex } from '#libs/adapters/qdrant';
import { systemClock } from '#libs/kernel';
import { describePeer, type Emulator } from '#libs/testing';
import { searchIndexContract } from '#suites/search-index';

describePeer('qdrant', 'the search index on Qdrant', (peer) => {
  let qdrant: Emulator;
  beforeAll(async () => {
    qdrant = await peer.start();
  }, 120_000);
  afterAll(() => qdrant.stop(), 60_000);

  const open = (host = qdrant.host): QdrantSearchIndex =>
    qdrantSearchIndex({
      ...{ url: `http://${host}`, prefix: 'innkeeper_suite', clock: systemClock },
      ...(host !== qdrant.host && { patience: { readMs: 200, writeMs: 200 } }),
    });

  searchIndexContract('the search index on Qdrant', () => {
    let index = open();
    return Promise.resolve({
      index,
      // The server keeps running: this one loses everything when it ends, and a real one's disk is not ours.
      restart: async () => {
        await index.close();
        return (index = open());
      },
      unreachable: () => Promise.resolve(open('127.0.0.1:9')),
      dispose: () => index.close(),
    });
  });
});
