import { describePeers } from '#libs/testing';

import { DistributedTopology } from './harness/distributed-topology.js';
import { askedKills, itBears, random, seed } from './harness/killing.js';

// A killed consumer's messages wait for their deadline, so a kill costs more here: a share of what is asked.
const kills = Math.max(4, Math.ceil(askedKills / 20));

describePeers(
  ['mongodb', 'pubsub-fake'],
  `kill -9, distributed on MongoDB and Pub/Sub (INNKEEPER_TEST_SEED=${seed})`,
  (mongodb, pubsub) => {
    itBears(kills, async () => {
      const [{ url }, { host }] = await Promise.all([mongodb.shared(), pubsub.shared()]);
      const topology = new DistributedTopology({ mongodbUrl: url, pubsubHost: host }, random);
      await topology.prepare();
      return topology;
    });
  },
);
