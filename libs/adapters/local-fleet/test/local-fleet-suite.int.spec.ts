import { readFileSync, rmSync, writeFileSync } from 'node:fs';

import { serverFleetContract } from '#suites/server-fleet';

import { FleetPlace } from './fleet-place.js';

serverFleetContract('local processes', async () => {
  const place = new FleetPlace();
  return {
    fleet: place.open(),
    again: async () => place.open(),
    names: async () => place.names(),
    toldTo: async (name) => readFileSync(place.at(name, 'agent.json'), 'utf8'),
    end: (name) => place.end(name),
    startNothing: async () => rmSync(place.program),
    holdLeaving: async () => {
      writeFileSync(place.held, '');
      return { release: async () => rmSync(place.held) };
    },
    protect: async (name) => writeFileSync(place.at(name, 'protected'), ''),
    capabilities: {
      startsLate: { not: 'a process begins at once' },
      leavesLate: true,
      protects: true,
      losesAnswers: { not: 'nothing lies between us and a process of this machine' },
      failures: [],
      many: 8,
    },
    dispose: () => place.dispose(),
  };
});
