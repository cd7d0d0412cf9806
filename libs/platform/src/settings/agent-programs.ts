import { environmentOfPrograms } from './environment-of-programs.js';

export interface AgentPrograms {
  readonly restic: string;
  readonly mongod: string;
}

/** Where the image of a backup server has them. Such a server has no other setting. */
export const agentPrograms = (): AgentPrograms => {
  const { INNKEEPER_BACKUP_RESTIC: restic, INNKEEPER_BACKUP_MONGOD: mongod } =
    environmentOfPrograms();
  return { restic: restic ?? 'restic', mongod: mongod ?? 'mongod' };
};
