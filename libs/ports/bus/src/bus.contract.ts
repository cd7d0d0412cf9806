import { afterAll, beforeAll, describe, it } from '@jest/globals';

import { deliveryBehaviours } from './bus-delivery.contract.js';
import type { BusHarness } from './bus-harness.contract.js';
import { lifeBehaviours } from './bus-life.contract.js';
import { outcomeBehaviours } from './bus-outcomes.contract.js';

export * from './bus-harness.contract.js';

export type BusBehaviour = (harness: BusHarness) => Promise<void>;

/** Every promise of the port by name: registered as tests below, run one by one on saboteurs. */
export const busBehaviours: Readonly<Record<string, BusBehaviour>> = {
  ...deliveryBehaviours,
  ...outcomeBehaviours,
  ...lifeBehaviours,
};

export const describeBus = (
  title: string,
  start: () => Promise<BusHarness>,
  timeoutMs = 60_000,
): void => {
  describe(title, () => {
    let harness: BusHarness;
    beforeAll(async () => void (harness = await start()), timeoutMs);
    afterAll(() => harness?.dispose(), timeoutMs);
    for (const [behaviour, run] of Object.entries(busBehaviours))
      it(behaviour, () => run(harness), timeoutMs);
  });
};
