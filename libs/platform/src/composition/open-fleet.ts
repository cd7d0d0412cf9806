import { join, resolve } from 'node:path';

import type { ServerWish } from '#libs/backups';
import { fault, Secret, systemClock } from '#libs/kernel';
import type { ServerFleet, ServerOrder } from '#libs/ports/server-fleet';

import { systemTimers } from '../leases/timers.js';
import { environmentOfPrograms } from '../settings/environment-of-programs.js';
import type { Settings } from '../settings/read-settings.js';
import { agentStartText, type AgentStart } from './agent-start.js';
import { cloudInitOf } from './agent-user-data.js';
import type { Opening } from './opening.js';
import { ownAgent, ownProgram } from './own-package.js';

type FleetOpening = Pick<Opening, 'data' | 'opened' | 'settings'>;

/** Servers of one kind, and in which words each is told what to do. */
export interface OpenedFleet {
  readonly fleet: ServerFleet;
  /** `url`: where the server calls. */
  readonly orderOf: (wish: ServerWish, url: string) => ServerOrder;
}

/** Nothing is asked of it yet: one that is away stops no start. */
export const openFleet = (opening: FleetOpening): Promise<OpenedFleet> =>
  opening.settings.serverFleet.kind === 'hetzner' ? openHetzner(opening) : openLocal(opening);

const openHetzner = async ({ opened, settings }: FleetOpening): Promise<OpenedFleet> => {
  const { outbound, process, serverFleet } = settings;
  if (serverFleet.kind !== 'hetzner') throw fault('DEFECT_UNKNOWN');
  const [{ hetznerFleet }, { nodeFetch }] = await Promise.all([
    import('#libs/adapters/hetzner'),
    import('#libs/adapters/outbound'),
  ]);
  const { network, url, ...chosen } = serverFleet;
  const { allowed } = outbound;
  const { fetch } = opened.add(nodeFetch({ origin: url, allowed }), (it) => it.close());
  return {
    fleet: hetznerFleet({
      ...{ ...chosen, fetch, url, clock: systemClock },
      ...(network !== undefined && { network }),
      sleep: (ms, signal) => systemTimers.sleep(ms, signal),
    }),
    orderOf: (wish, home) => ({
      ...{ name: wish.name, labels: wish.labels },
      userData: cloudInitOf(startOf(wish, home, process)),
    }),
  };
};

const openLocal = async ({ data, settings }: FleetOpening): Promise<OpenedFleet> => {
  const { backup, process } = settings;
  const { localFleet } = await import('#libs/adapters/local-fleet');
  const { restic, mongod, workDir } = backup;
  const folder = resolve(
    workDir === undefined ? (data?.file('backups/servers') ?? '') : `${workDir}-servers`,
  );
  const { PATH = '' } = environmentOfPrograms();
  const [innkeeper] = ownProgram();
  return {
    fleet: localFleet({
      ...{ folder, program: ownAgent() },
      environment: { PATH, INNKEEPER_BACKUP_RESTIC: restic, INNKEEPER_BACKUP_MONGOD: mongod },
    }),
    orderOf: (wish, home) => ({
      ...{ name: wish.name, labels: wish.labels },
      userData: new Secret(
        agentStartText({
          ...startOf(wish, home, process),
          folder: join(folder, wish.name, 'work'),
          innkeeper,
        }),
      ),
    }),
  };
};

const startOf = (
  { expiresAt, name, run, token }: ServerWish,
  url: string,
  { environment }: Settings['process'],
): AgentStart => ({
  ...{ run, url, token, name, environment, expiresAt },
  lifeSeconds: Math.max(1, Math.ceil((expiresAt - systemClock.now()) / 1000)),
});
