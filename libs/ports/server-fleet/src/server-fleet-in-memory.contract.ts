import { MemoryFleet, StandingTime } from '#libs/testing';

import type { FleetHarness } from './server-fleet.contract.js';

export const memoryFleetHarness = (): FleetHarness => {
  const time = new StandingTime();
  const fleet = new MemoryFleet({ clock: time, sleep: time.sleep, centsPerHour: 2.5 });
  return {
    fleet,
    again: async () => fleet,
    names: async () => fleet.machines.map(({ name }) => name),
    toldTo: async (name) => fleet.machine(name)?.userData ?? '',
    end: async (name) => fleet.end(name),
    startNothing: async () => void (fleet.startMs = Infinity),
    holdStart: async () => {
      fleet.startMs = 1_000;
      return time.hold();
    },
    holdLeaving: async () => {
      fleet.leaveMs = 1_000;
      return time.hold();
    },
    protect: async (name) => {
      const machine = fleet.machine(name);
      if (machine) machine.isProtected = true;
    },
    loseAnswer: async (call) => fleet.loseNextAnswer(call),
    trouble: async (what) => {
      fleet.down = what;
    },
    capabilities: {
      startsLate: true,
      leavesLate: true,
      protects: true,
      losesAnswers: true,
      failures: [
        ...(['FLEET_ACCESS_DENIED', 'FLEET_THROTTLED', 'FLEET_UNREACHABLE'] as const),
        ...(['SERVER_IMAGE_MISSING', 'SERVER_LIMIT_REACHED', 'SERVER_REFUSED'] as const),
        'SERVER_SOLD_OUT',
      ],
      many: 60,
    },
    dispose: async () => undefined,
  };
};
