import { describe, expect, it } from '@jest/globals';

import { fleetBelievingItsOrders, fleetListingTooMuch, fleetTrustingNames } from '#libs/testing';

import { memoryFleetHarness } from './server-fleet-in-memory.contract.js';
import { fleetBehaviours, serverFleetContract } from './server-fleet.contract.js';
import type { ServerFleet } from './server-fleet.port.js';

serverFleetContract('memory', async () => memoryFleetHarness());

const rejectedBy = async (sabotage: (inner: ServerFleet) => ServerFleet): Promise<string[]> => {
  const rejected: string[] = [];
  for (const [title, behaviour] of Object.entries(fleetBehaviours)) {
    const inner = memoryFleetHarness();
    const fleet = sabotage(inner.fleet);
    const harness = { ...inner, fleet, again: async () => fleet };
    await behaviour(harness).catch(() => rejected.push(title));
  }
  return rejected;
};

describe('the suite of server fleets', () => {
  it('accepts an honest one', async () => {
    expect(await rejectedBy((inner) => inner)).toEqual([]);
  });

  it('rejects one that gives the server of another work away', async () => {
    expect(await rejectedBy(fleetTrustingNames)).toContain(
      'gives the name of another work to nobody',
    );
  });

  it('rejects one that lists servers of another environment', async () => {
    expect(await rejectedBy(fleetListingTooMuch)).toEqual([
      'lists servers with all of the labels, and no other',
    ]);
  });

  it('rejects one that says gone while the server is there', async () => {
    expect(await rejectedBy(fleetBelievingItsOrders)).toContain(
      'says that a server is gone when it is',
    );
  });
});
