import type { BackupRunAnswer } from '#libs/routes';

import type { Paint } from '../../terminal/io.js';
import { bytes, count, counted, duration } from '../../terminal/words.js';

/** What a step does, for who waits. */
const doing: Readonly<Record<string, string>> = {
  admit: 'waits for its turn',
  prepare: 'prepares',
  export: 'copies the sources',
  boot: 'makes a server',
  save: 'saves',
  check: 'checks the repositories',
  preview: 'looks what stays',
  forget: 'removes what is too old',
  drill: 'restores it as proof',
  destroy: 'destroys the server',
  clean: 'cleans up',
  close: 'closes',
};

export const doingOf = (step: string): string => doing[step] ?? step;

const totalOf = ({ sources }: BackupRunAnswer, of: 'files' | 'bytes' | 'addedBytes'): number =>
  sources.reduce((total, source) => total + source[of], 0);

/** A run that failed early names its sources, and nothing of them is stored. */
export const hasSaved = ({ sources }: BackupRunAnswer): boolean =>
  sources.some(({ snapshot }) => snapshot !== null);

/** Nothing where nothing was saved. */
export const sizeOf = (run: BackupRunAnswer): string =>
  hasSaved(run) ? bytes(totalOf(run, 'bytes')) : '';

export const tookMs = ({ startedAt, endedAt }: BackupRunAnswer): number | undefined =>
  startedAt === null || endedAt === null ? undefined : Date.parse(endedAt) - Date.parse(startedAt);

export const hasSucceeded = ({ status }: BackupRunAnswer): boolean =>
  status === 'succeeded' || status === 'succeeded_with_warnings';

export const paintOf = (paint: Paint, { status, drill }: BackupRunAnswer): Paint['good'] => {
  if (status === 'failed' || status === 'refused' || drill?.verdict === 'bad') return paint.bad;
  return status === 'succeeded' ? paint.good : paint.waiting;
};

export const statusOf = ({ status, step, warnings }: BackupRunAnswer): string => {
  if (status === 'running') return `running: ${step}`;
  if (status !== 'succeeded_with_warnings') return status;
  return `succeeded, ${counted(warnings.length, 'warning')}`;
};

/** What was saved, in one line. */
export const savedOf = (run: BackupRunAnswer): string =>
  [
    counted(run.sources.length, 'source'),
    counted(totalOf(run, 'files'), 'file'),
    `${sizeOf(run)} (${bytes(totalOf(run, 'addedBytes'))} new)`,
  ].join(', ');

export const provedOf = ({
  rpoMs,
  rtoMs,
  verdict,
}: NonNullable<BackupRunAnswer['drill']>): string =>
  verdict === 'good'
    ? `Proved by a restore: ${duration(rpoMs)} would be lost, and the platform back after ${duration(rtoMs)}.`
    : 'What came back is not what was saved: do not rely on it.';

export const retainedOf = ({
  kept,
  removed,
  unnamed,
  moreUnnamed = 0,
}: NonNullable<BackupRunAnswer['retention']>): string => {
  const gone =
    removed === undefined ? 'nothing removed' : `${counted(removed.length, 'snapshot')} removed`;
  const strange = unnamed.length + moreUnnamed;
  const leftAlone = strange > 0 ? `, ${count(strange)} of unknown origin left alone` : '';
  return `${counted(kept, 'snapshot')} kept, ${gone}${leftAlone}`;
};
