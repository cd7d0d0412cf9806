import { fault } from '#libs/kernel';

import { adoptRuns } from './adopt/adopt-runs.js';
import type { BackupsParts } from './backups-parts.js';
import { noteKit } from './kit/kit-notes.js';
import { advanceRun } from './run/advance-run.js';
import { dueRuns } from './run/due-runs.js';
import { planRemovals } from './run/plan-removals.js';
import { requestRun } from './run/request-run.js';
import { listRuns, readRun, runsSince } from './run/run-documents.js';
import type { Backups } from './run/use-cases.js';
import { agentDesk } from './server/agent-desk.js';
import { reapServers } from './server/reap-servers.js';
import { backupState } from './watch/backup-state.js';

const showRun =
  (parts: BackupsParts): Backups['show'] =>
  async (id) => {
    const stored = await readRun(parts, id);
    if (!stored) throw fault('BACKUP_NOT_FOUND', { details: { run: id } });
    return stored.run;
  };

/** However many ask at a time, repositories are read once: each reading starts two programs. */
const previewRemovals = (parts: BackupsParts): Backups['retention'] => {
  const { signal } = new AbortController();
  const read = async () => [
    await planRemovals(parts, 'data', { signal }),
    await planRemovals(parts, 'keys', { signal }),
  ];
  let reading: ReturnType<typeof read> | undefined;
  return () => (reading ??= read().finally(() => (reading = undefined)));
};

/** Every use case of the runs of backups. Composing does no I/O, starts nothing and reads no clock. */
export const composeBackups = (parts: BackupsParts): Backups => {
  const desk = agentDesk(parts);
  return {
    request: requestRun(parts),
    list: (page) => listRuns(parts, page),
    show: showRun(parts),
    advance: advanceRun(parts),
    due: dueRuns(parts),
    adopt: adoptRuns(parts),
    recent: (since) => runsSince(parts, since),
    retention: previewRemovals(parts),
    noteKit: async (note) => {
      await noteKit(parts, note);
      return (await parts.lookAround()).kit;
    },
    reap: reapServers(parts),
    order: desk.order,
    hear: desk.hear,
    exported: desk.exported,
    opens: desk.opens,
    troubles: backupState(parts),
  };
};
