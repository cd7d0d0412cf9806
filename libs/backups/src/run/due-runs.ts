import { NOBODYS_SCRATCH } from '#libs/ports/scratch';

import type { BackupsParts } from '../backups-parts.js';
import { notePresence } from '../watch/presence.js';
import { hasEnded } from './backup-run.js';
import { ownLookAt } from './own-steps.js';
import { requestRun, runIdOf } from './request-run.js';
import { readRun, runsOf } from './run-documents.js';
import { scheduledBackup } from './schedule.js';
import type { Backups } from './use-cases.js';

export const dueRuns =
  (parts: BackupsParts): Backups['due'] =>
  async () => {
    // Who cannot do all of a run is no reason to think that somebody makes backups.
    if (!parts.can) await notePresence(parts);
    const working = await runsOf(parts, 'open');
    // It would be refused, and the night would have no backup. It is made up for when the other one has ended.
    if (working.length === 0) await requestScheduled(parts);
    const now = parts.clock.now();
    const open = (await runsOf(parts, 'open')).filter((run) => ownLookAt(parts, run, now) <= now);
    const owing = (await runsOf(parts, 'owes')).filter(hasEnded);
    await removeLeftovers(parts);
    return [...open, ...owing].map(({ id }) => id);
  };

const requestScheduled = async (parts: BackupsParts): Promise<void> => {
  const { schedule, clock } = parts;
  const now = clock.now();
  const due = schedule && scheduledBackup(schedule, now);
  if (!due) return;
  const { key, kind, lateMs } = due;
  const request = { key, kind, by: 'schedule' as const };
  if (await readRun(parts, await runIdOf(parts, request))) return;
  // A platform that did not exist yet at that time has missed nothing.
  if (now - lateMs < (await parts.since())) return;
  await requestRun(parts)(request);
};

/** What a run could not clean up before it ended. */
const removeLeftovers = async (parts: BackupsParts): Promise<void> => {
  const { scratch } = parts;
  // A disk that cannot be read keeps no run from going on, which then says what is wrong with it.
  for (const id of await scratch.leftovers().catch(() => [])) {
    const stored = await readRun(parts, id);
    const isOver = id === NOBODYS_SCRATCH || (stored && hasEnded(stored.run));
    if (isOver) await scratch.remove(id).catch(() => undefined);
  }
};
