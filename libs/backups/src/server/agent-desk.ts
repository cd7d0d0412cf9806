import { fault } from '#libs/kernel';

import type { BackupsParts } from '../backups-parts.js';
import type { Backups } from '../run/use-cases.js';

const refuse = () => Promise.reject(fault('BACKUP_AGENT_REFUSED'));

/** Where the server of a run calls. */
export const agentDesk = (
  _parts: BackupsParts,
): Pick<Backups, 'exported' | 'hear' | 'opens' | 'order'> => ({
  order: refuse,
  hear: refuse,
  exported: refuse,
  opens: refuse,
});
