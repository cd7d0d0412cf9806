import { randomBytes } from 'node:crypto';

import type { SealedSample, ServersParts } from '#libs/backups';
import { fault, systemClock } from '#libs/kernel';

import { worksOnServers } from '../settings/backup.js';
import type { BackupPlaces } from './backup-places.js';
import { readRunning, type DataDirectory } from './data-directory.js';
import { leftReports, lookForLeft } from './left-reports.js';
import { lendRepositories } from './lend-repositories.js';
import { masterKeyOf } from './master-key.js';
import { openFleet } from './open-fleet.js';
import type { Opening } from './opening.js';
import { opensWith } from './stand-embedded.js';
import type { SealedProbe } from './standing-platform.js';

const SECRET_BYTES = 32;

/** What runs need that work on a server of their own; nothing where they work in this process. */
export const openServers = async (
  opening: Opening,
  places: BackupPlaces,
): Promise<ServersParts | undefined> => {
  const { data, settings } = opening;
  if (!worksOnServers(settings)) return undefined;
  const { backup, keys, process } = settings;
  const opens = opensWith(masterKeyOf(keys.masterKey ?? data?.secret('master-key')));
  const { fleet, orderOf } = await openFleet(opening);
  const left = leftReports(places.data);
  return {
    ...{ fleet, environment: process.environment },
    orderOf: (wish) => orderOf(wish, backup.agentUrl ?? ownUrl(data)),
    lend: lendRepositories(places, { clock: systemClock }),
    leftReport: lookForLeft(left, { clock: systemClock }),
    forgetLeft: (run, watch) => left.remove(run, watch),
    secret: () => randomBytes(SECRET_BYTES).toString('base64url'),
    opens: (sample) => Promise.resolve(opens(probeOf(sample))),
    hoursPerServer: backup.serverHours,
    serversPerDay: backup.serversPerDay,
  };
};

/** Of a process of this machine for another one: which port it listens on is known once it does. */
const ownUrl = (data: DataDirectory | undefined): string => {
  const running = data && readRunning(data.path);
  if (!running) throw fault('BACKUP_SERVER_SILENT');
  return running.url;
};

const probeOf = ({ stream, sealed, wrapped }: SealedSample): SealedProbe => ({
  stream,
  sealed: Buffer.from(sealed, 'base64'),
  ...(wrapped !== undefined && { wrapped: Buffer.from(wrapped, 'base64') }),
});
