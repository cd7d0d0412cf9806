import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { describePeers } from '#libs/testing';

import { expectNothingLost } from './harness/compare.js';
import { DistributedTopology } from './harness/distributed-topology.js';
import { EmbeddedTopology } from './harness/embedded-topology.js';
import { randomFrom } from './harness/history.js';
import { killPoints } from './harness/kill-point.js';
import { Senders } from './harness/senders.js';
import type { Topology } from './harness/topology.js';

const long = process.env['INNKEEPER_E2E'] === 'long';
const seed = Number(process.env['INNKEEPER_TEST_SEED'] ?? Date.now() % 1_000_000);
const asked = process.env['INNKEEPER_TEST_KILLS'];
const random = randomFrom(seed);
const COMPARE_EACH = 25;

/** The scenario of DESIGN §10 (1): each delivery that was answered gives its facts exactly once. */
const killAtRandom = (kills: number, open: () => Promise<Topology>): void => {
  let topology: Topology;
  let senders: Senders;

  beforeAll(async () => {
    topology = await open();
    await topology.start();
    senders = new Senders(topology.token, random, () => topology.door);
  }, 60_000);

  afterAll(async () => {
    await senders.stop();
    await topology.kill();
    await topology.dispose();
  }, 60_000);

  const compare = async (): Promise<void> => {
    await topology.drained(senders.answered);
    await topology.inspect((parts) => expectNothingLost(parts, senders.answered));
  };

  it(
    `loses and doubles nothing in ${kills} kills while 20 senders post`,
    async () => {
      senders.start(20);
      for (let kill = 1; kill <= kills; kill++) {
        await delay(100 + random() * 900);
        await topology.kill();
        if (kill % COMPARE_EACH === 0 && topology.name === 'embedded') await compare();
        await topology.start();
      }
      await delay(500);
      await senders.stop();
      await compare();
      expect(senders.answered.length).toBeGreaterThan(kills * 20);
    },
    kills * 4_000 + 300_000,
  );
};

describe(`kill -9, embedded (INNKEEPER_TEST_SEED=${seed})`, () => {
  killAtRandom(Number(asked ?? (long ? 200 : 10)), () => Promise.resolve(new EmbeddedTopology()));
});

describePeers(
  ['mongodb', 'pubsub-fake'],
  `kill -9, distributed on MongoDB and Pub/Sub (INNKEEPER_TEST_SEED=${seed})`,
  (mongodb, pubsub) => {
    // A killed consumer's messages wait for their deadline, so a kill costs more here.
    const kills = asked === undefined ? (long ? 50 : 4) : Math.ceil(Number(asked) / 20);
    killAtRandom(kills, async () => {
      const [{ url }, { host }] = await Promise.all([mongodb.shared(), pubsub.shared()]);
      const topology = new DistributedTopology({ mongodbUrl: url, pubsubHost: host }, random);
      await topology.prepare();
      return topology;
    });
  },
);

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
      await topology.start(`${point}:${2 + Math.floor(random() * 8)}`);
      const senders = new Senders(topology.token, random, () => topology.door);
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
