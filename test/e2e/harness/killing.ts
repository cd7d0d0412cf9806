import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { expectNothingLost, nothing } from './comparison.js';
import { randomFrom } from './history.js';
import { killWhilePosting } from './kills.js';
import { everyonesPosts } from './providers.js';
import { Senders } from './senders.js';
import type { Topology } from './topology.js';

/** The long form; the short one says that the scenario still holds. */
export const long = process.env['INNKEEPER_E2E'] === 'long';
/** What a failure printed, to draw the same again. */
export const seed = Number(process.env['INNKEEPER_TEST_SEED'] ?? Date.now() % 1_000_000);
export const random = randomFrom(seed);
/** How many kills the embedded platform must survive. */
export const askedKills = Number(process.env['INNKEEPER_TEST_KILLS'] ?? (long ? 200 : 10));

/** The scenario of DESIGN §10 (1): each delivery that was answered gives its facts exactly once. */
export const itBears = (count: number, open: () => Promise<Topology>): void => {
  let topology: Topology;
  let senders: Senders;

  beforeAll(async () => {
    topology = await open();
    // The first start makes the token that senders sign with.
    await topology.start();
    senders = new Senders(topology.token, random, () => topology.door, everyonesPosts);
    await topology.kill();
  }, 60_000);

  afterAll(async () => {
    await senders.stop();
    await topology.kill();
    await topology.dispose();
  }, 60_000);

  it(
    `loses and doubles nothing in ${count} kills while 20 senders post`,
    async () => {
      const found = await killWhilePosting({ topology, senders, random, count });
      expect(found).toEqual(found.map(() => nothing));
      await topology.inspect((parts) => expectNothingLost(parts, senders.answered));
      // However slow the machine is, some were answered between two kills.
      expect(senders.answered.length).toBeGreaterThan(count);
    },
    // Bounds a hang: a kill costs about a second, and each comparison waits until all has arrived.
    count * 20_000 + 900_000,
  );
};
