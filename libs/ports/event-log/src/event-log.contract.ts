import { afterAll, beforeAll, describe, it } from '@jest/globals';

import { chain } from './event-log-chain.contract.js';
import { competing } from './event-log-competing.contract.js';
import { deciding } from './event-log-deciding.contract.js';
import { observing } from './event-log-observing.contract.js';
import { reading } from './event-log-reading.contract.js';
import {
  inWorld,
  type EventLogBehaviours,
  type EventLogHarness,
} from './event-log-world.contract.js';

export * from './event-log-world.contract.js';

/** Everything the port promises, by title. Functions of a world, so that a broken adapter can be shown to fail. */
export const eventLogBehaviours: EventLogBehaviours = {
  ...observing,
  ...deciding,
  ...reading,
  ...chain,
  ...competing,
};

/** Registers the suite; every behaviour has a log of its own, for positions are absolute. */
export const eventLogContract = (
  title: string,
  makeHarness: () => Promise<EventLogHarness>,
): void => {
  describe(title, () => {
    let harness: EventLogHarness;
    beforeAll(async () => {
      harness = await makeHarness();
    }, 120_000);
    afterAll(() => harness.dispose(), 60_000);

    for (const [behaviour, run] of Object.entries(eventLogBehaviours))
      it(behaviour, () => inWorld(harness, run), 120_000);
  });
};
