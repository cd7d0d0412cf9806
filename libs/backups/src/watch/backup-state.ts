import type { BackupsParts } from '../backups-parts.js';
import { runsSince } from '../run/run-documents.js';
import { readFleetLook } from '../server/fleet-look.js';
import type { BackupTroubles } from './backup-troubles.js';
import { judgeBackups } from './examine-backups.js';
import { readPresence } from './presence.js';

/** As far back as judging looks. */
const LOOKED_BACK_MS = 40 * 86_400_000;

/** Whether the backup is good now. */
export const backupState = (parts: BackupsParts) => async (): Promise<BackupTroubles> => {
  const now = parts.clock.now();
  const [runs, since, around, { look: fleet }, presence] = await Promise.all([
    runsSince(parts, now - LOOKED_BACK_MS),
    parts.since(),
    parts.lookAround(),
    readFleetLook(parts),
    // One that has just started would find itself gone.
    parts.can && readPresence(parts),
  ]);
  const isScheduled = parts.schedule !== undefined;
  const orchestrator = { since, ...(presence && { seenAt: presence.seenAt }) };
  const watched = { now, since, runs, isScheduled, fleet, ...around };
  return judgeBackups({ ...watched, ...(parts.can && { orchestrator }) });
};
