import { randomBytes } from 'node:crypto';

import type { ServersParts } from '#libs/backups';
import { fault } from '#libs/kernel';

import type { Settings } from '../settings/read-settings.js';
import { isBucket } from './backup-places.js';
import { leftReports, type LeftReports } from './left-reports.js';
import { openFleet } from './open-fleet.js';
import type { Opening } from './opening.js';

const SECRET_BYTES = 32;

/**
 * Servers of runs for who only watches. It orders, follows and destroys them. It lends no repository and opens nothing: for
 * that servers call who makes backups. Processes of another machine are none that it could see.
 */
export const openOutsideServers = async (opening: Opening): Promise<ServersParts | undefined> => {
  const { backup, process, serverFleet } = opening.settings;
  const { agentUrl } = backup;
  if (serverFleet.kind !== 'hetzner' || agentUrl === undefined) return undefined;
  const { fleet, orderOf } = await openFleet(opening);
  const left = leftBeside(backup);
  return {
    ...{ fleet, environment: process.environment },
    orderOf: (wish) => orderOf(wish, agentUrl),
    lend: () => Promise.reject(fault('BACKUP_AGENT_REFUSED')),
    leftReport: async (run, watch) => left?.find(run, watch),
    forgetLeft: async (run, watch) => left?.remove(run, watch),
    secret: () => randomBytes(SECRET_BYTES).toString('base64url'),
    opens: () => Promise.reject(fault('BACKUP_AGENT_REFUSED')),
    hoursPerServer: backup.serverHours,
    serversPerDay: backup.serversPerDay,
  };
};

/** Where it may read what a server left; who makes backups finds it too, and mostly first. */
const leftBeside = ({
  repository,
  accessKey,
  accessSecret,
}: Settings['backup']): LeftReports | undefined => {
  if (!repository || !isBucket(repository) || accessKey === undefined || !accessSecret)
    return undefined;
  return leftReports({ repository, credentials: { accessKey, accessSecret } });
};
