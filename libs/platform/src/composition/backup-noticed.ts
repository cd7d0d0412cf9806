import type { BackupNotice } from '#libs/backups';

import type { Process } from './process.js';

/** A line in the log of the process, and a figure. */
export const backupNoticed = (
  { log, metrics }: Pick<Process, 'log' | 'metrics'>,
  notice: BackupNotice,
): void => {
  if ('why' in notice) {
    const { event, name, run, why } = notice;
    metrics.lookedAtServer(event, why);
    log[event === 'backup.server_left' ? 'warn' : 'info'](event, {
      server: name,
      run,
      outcome: why,
    });
    return;
  }
  const { event, run, step, ms, code } = notice;
  metrics.happenedToBackup(event, step, ms);
  const lines = { run: run.id, step, ms, ...(code !== undefined && { code }) };
  log[event === 'backup.step_failed' ? 'warn' : 'info'](event, lines);
};
