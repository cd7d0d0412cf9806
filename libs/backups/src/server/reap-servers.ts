import type { BackupsParts } from '../backups-parts.js';
import type { Backups } from '../run/use-cases.js';

/** Destroys servers that no run needs. */
export const reapServers =
  (_parts: BackupsParts): Backups['reap'] =>
  () =>
    Promise.resolve({ destroyed: [], left: [] });
