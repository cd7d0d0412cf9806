import { setTimeout as delay } from 'node:timers/promises';

import { describe, it } from '@jest/globals';

import { expectNothingLost } from './harness/comparison.js';
import { EmbeddedTopology } from './harness/embedded-topology.js';
import { killPoints } from './harness/kill-point.js';
import { long, random, seed } from './harness/killing.js';
import { everyonesPosts } from './harness/providers.js';
import { Senders } from './harness/senders.js';

// The short form takes a few of the points; the seed says which.
const points = long ? killPoints : killPoints.filter((_, i) => (i + seed) % 5 === 0);

describe(`kill -9 at a named point (INNKEEPER_TEST_SEED=${seed})`, () => {
  it.each(points)(
    'loses and doubles nothing when killed at %s',
    async (point) => {
      const topology = new EmbeddedTopology();
      // The first start makes the token that senders sign with.
      await topology.start();
      await topology.stop();
      await topology.start({ at: `${point}:${2 + Math.floor(random() * 8)}` });
      const senders = new Senders(topology.token, random, () => topology.door, everyonesPosts);
      senders.start(4);
      await topology.died();
      await topology.start();
      await delay(100);
      await senders.stop();
      await topology.drained();
      await topology.inspect((parts) => expectNothingLost(parts, senders.answered));
      topology.dispose();
    },
    60_000,
  );
});
