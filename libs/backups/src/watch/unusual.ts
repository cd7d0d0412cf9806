import type { BackupRun } from '../run/backup-run.js';
import type { BackupTrouble } from './backup-troubles.js';
import { spokenBytes } from './spoken.js';

const LOOKED_BACK = 14;
/** With fewer there is no usual: a new platform is filled in bursts. */
const AT_LEAST = 5;
const MORE_BYTES = 5;
const FEWER_FILES = 0.5;
/** A quiet source brings some kilobytes a day; five times nothing is still nothing. */
const NOTEWORTHY_BYTES = 1024 ** 2;
/** Over a weekend somebody still sees it, though the runs since were usual again. */
export const UNUSUAL_FOR_MS = 3 * 24 * 3_600_000;

/**
 * Sources that brought much more than usual, or have many fewer files: what encrypts or removes everything looks so.
 * `good`: succeeded runs, oldest first.
 */
export const unusualSources = (
  good: readonly BackupRun[],
  now: number,
): readonly BackupTrouble[] => {
  const told = new Map<string, BackupTrouble>();
  good.forEach((run, at) => {
    if (now - endOf(run) > UNUSUAL_FOR_MS) return;
    for (const { name } of run.sources) {
      const trouble = unusualIn(good.slice(0, at), run, name);
      if (trouble) told.set(name, trouble);
    }
  });
  return [...told.values()];
};

export const endOf = ({ endedAt, heartbeatAt }: BackupRun): number => endedAt ?? heartbeatAt;

const unusualIn = (
  before: readonly BackupRun[],
  run: BackupRun,
  name: string,
): BackupTrouble | undefined => {
  const source = sourceOf(run, name);
  const earlier = before.flatMap((one) => sourceOf(one, name) ?? []).slice(-LOOKED_BACK);
  if (!source || earlier.length < AT_LEAST) return undefined;
  const usualBytes = median(earlier.map(({ addedBytes }) => addedBytes));
  const usualFiles = median(earlier.map(({ files }) => files));
  const isMore =
    source.addedBytes > MORE_BYTES * usualBytes && source.addedBytes > NOTEWORTHY_BYTES;
  const isFewer = source.files < FEWER_FILES * usualFiles;
  if (!isMore && !isFewer) return undefined;
  const found = [
    ...(isMore
      ? [`${spokenBytes(source.addedBytes)} were new, usually ${spokenBytes(usualBytes)}`]
      : []),
    ...(isFewer ? [`it has ${source.files} files, usually ${usualFiles}`] : []),
  ];
  const says = `Run ${run.id} found the source ${name} changed a lot: ${found.join('; ')}.`;
  return { code: 'BACKUP_UNUSUAL', about: name, says, since: endOf(run) };
};

const sourceOf = ({ sources }: BackupRun, name: string) =>
  sources.find((source) => source.name === name && source.snapshot !== undefined);

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
};
