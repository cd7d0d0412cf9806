import { join } from 'node:path';

import { fault } from '#libs/kernel';
import type { ServerFleet } from '#libs/ports/server-fleet';

import { environmentOfPrograms } from '../settings/environment-of-programs.js';
import type { Settings } from '../settings/read-settings.js';
import { ownAgent } from './own-package.js';

/** Where servers of this machine have their folders, and what their programs are found by. */
export interface FleetHome {
  readonly file: (name: string) => string;
}

/** The servers that backups may have. Nothing is asked of it yet. */
export const openFleet = async (
  { backup, serverFleet }: Pick<Settings, 'backup' | 'serverFleet'>,
  home: FleetHome | undefined,
): Promise<ServerFleet> => {
  if (serverFleet.kind === 'hetzner') {
    const { hetznerFleet } = await import('#libs/adapters/hetzner');
    return hetznerFleet(serverFleet);
  }
  const { localFleet } = await import('#libs/adapters/local-fleet');
  const { restic, mongod, workDir } = backup;
  const folder = workDir === undefined ? home?.file('backups/servers') : join(workDir, 'servers');
  if (folder === undefined) throw fault('BACKUP_SCRATCH_DENIED');
  return localFleet({
    folder,
    program: [process.execPath, ...ownAgent()],
    environment: {
      PATH: environmentOfPrograms()['PATH'],
      INNKEEPER_BACKUP_RESTIC: restic,
      INNKEEPER_BACKUP_MONGOD: mongod,
    },
  });
};
