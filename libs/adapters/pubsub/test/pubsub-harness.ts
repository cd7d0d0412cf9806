import { setTimeout as delay } from 'node:timers/promises';

import type { Emulator } from '#libs/testing';
import type { BusHarness, ClosableBus } from '#suites/bus';
import { HANG_MS } from '#libs/testing';

import { pubsubBus } from '../src/index.js';

/** The suite on an emulator of its own, which it may kill. */
export const pubsubHarness = async (
  startEmulator: () => Promise<Emulator>,
): Promise<BusHarness> => {
  const emulator = await startEmulator();
  const open: ClosableBus[] = [];
  const make = async () => {
    const { host: emulatorHost } = emulator;
    const bus = pubsubBus({ projectId: 'suite', environment: 'test', emulatorHost });
    open.push(bus);
    return bus;
  };
  const closeAll = async () => void (await Promise.all(open.splice(0).map((bus) => bus.close())));
  return {
    capabilities: {
      durable: 'the emulators keep everything in memory; the service keeps it in several zones',
      backlog: 'the service tells only its monitoring how much waits',
      sharing: true,
    },
    patienceMs: HANG_MS,
    make: async () => {
      await closeAll();
      return make();
    },
    makeBeside: make,
    // A nack comes again after the back-off of the suite's subscriptions, at most 400 ms.
    settle: () => delay(700),
    restart: async () => {
      await emulator.kill();
      await emulator.restart();
    },
    dispose: async () => {
      await closeAll();
      await emulator.stop();
    },
  };
};
