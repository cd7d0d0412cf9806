import type { MemoryFleet } from '#libs/testing';

import type { FleetTrouble, ServerTrouble } from './server-troubles.js';
import type { ServerWatch } from './server-watch.js';
import type { SimulatedAgent } from './simulated-agents.js';
import type { TroubledSteps } from './troubled-steps.js';

export interface BefallenFleet {
  readonly fleet: MemoryFleet;
  readonly watch: ServerWatch;
  readonly steps: TroubledSteps<ServerTrouble>;
}

export const befallFleet = (
  { fleet, watch, steps }: BefallenFleet,
  { what, ms }: { readonly what: FleetTrouble; readonly ms: number },
): void => {
  const later = (act: () => void): void => steps.in(ms, act);
  switch (what) {
    case 'sold_out':
      fleet.isSoldOut = true;
      return later(() => (fleet.isSoldOut = false));
    case 'full':
      fleet.limit = 0;
      return later(() => (fleet.limit = Infinity));
    case 'throttled':
      watch.isKept(ms);
      fleet.down = 'FLEET_THROTTLED';
      return later(() => (fleet.down = undefined));
    case 'never_starts':
      fleet.startMs = Infinity;
      return later(() => (fleet.startMs = 0));
    case 'slow':
      [fleet.startMs, fleet.leaveMs] = [60_000, 30_000];
      return later(() => ([fleet.startMs, fleet.leaveMs] = [0, 0]));
    case 'undeletable':
      watch.isKept(ms);
      for (const machine of watch.own()) machine.staysUntil = steps.time.now() + ms;
      return;
  }
};

export const befallAgent = (
  { fleet, steps }: Pick<BefallenFleet, 'fleet' | 'steps'>,
  agent: SimulatedAgent | undefined,
  what: 'killed' | 'off' | 'deleted' | 'full',
): void => {
  if (!agent) return;
  switch (what) {
    case 'killed':
      return agent.actor.kill();
    case 'off':
      agent.actor.kill();
      return fleet.end(agent.machine.name);
    case 'deleted':
      return fleet.lose(agent.machine.name);
    case 'full':
      agent.scratch.trouble = 'BACKUP_SCRATCH_FULL';
      return steps.in(45_000, () => (agent.scratch.trouble = undefined));
  }
};
