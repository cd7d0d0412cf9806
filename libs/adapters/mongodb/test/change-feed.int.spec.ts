import { afterAll, beforeAll } from '@jest/globals';

import { describePeer, findPeer, type Toxiproxy } from '#libs/testing';
import { changeFeedContract } from '#suites/change-feed';

import { worldOn } from './followed/replica-set-world.js';

describePeer('mongodb', 'a feed of changes on MongoDB', (peer) => {
  const toxi = findPeer('toxiproxy');
  let toxiproxy: Toxiproxy | undefined;
  beforeAll(async () => {
    if (toxi.found) toxiproxy = await toxi.start();
  }, 60_000);
  afterAll(async () => toxiproxy?.stop());

  changeFeedContract('MongoDB', async () => {
    const set = await peer.shared();
    return worldOn(set, await toxiproxy?.proxyTo(await set.primaryPort()));
  });
});
