import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { expectNothingLost } from './harness/compare.js';
import { EmbeddedTopology } from './harness/embedded-topology.js';
import { randomFrom } from './harness/history.js';
import { killPoints } from './harness/kill-point.js';
import { Senders } from './harness/senders.js';

const long = process.env['INNKEEPER_E2E'] === 'long';
const seed = Number(process.env['INNKEEPER_TEST_SEED'] ?? Date.now() % 1_000_000);
const kills = Number(process.env['INNKEEPER_TEST_KILLS'] ?? (long ? 200 : 10));
const COMPARE_EACH = 25;

describe(`kill -9, embedded (INNKEEPER_TEST_SEED=${seed})`, () => {
  const topology = new EmbeddedTopology();
  const random = randomFrom(seed);
  let senders: Senders;

  beforeAll(async () => {
    await topology.start();
    senders = new Senders(topology.token, random, () => topology.door);
  });

  afterAll(async () => {
    await senders.stop();
    await topology.kill();
    topology.dispose();
  });

  const compare = async (): Promise<void> => {
    await topology.drained();
    await topology.inspect((parts) => expectNothingLost(parts, senders.answered));
  };

  it(
    `loses and doubles nothing in ${kills} kills while 20 senders post`,
    async () => {
      senders.start(20);
      for (let kill = 1; kill <= kills; kill++) {
        await delay(100 + random() * 900);
        await topology.kill();
        if (kill % COMPARE_EACH === 0) await compare();
        await topology.start();
      }
      await delay(500);
      await senders.stop();
      await compare();
      expect(senders.answered.length).toBeGreaterThan(kills * 20);
    },
    kills * 4_000 + 120_000,
  );

  // The short form takes a few of them; the seed says which.
  it.each(long ? killPoints : killPoints.filter((_, i) => (i + seed) % 5 === 0))(
    'loses and doubles nothing when killed at %s',
    async (point) => {
      await topology.start(`${point}:${2 + Math.floor(random() * 8)}`);
      const some = new Senders(topology.token, random, () => topology.door);
      some.start(4);
      await topology.died();
      await topology.start();
      await delay(100);
      await some.stop();
      await topology.drained();
      await topology.inspect((parts) => expectNothingLost(parts, some.answered));
    },
    60_000,
  );
});
