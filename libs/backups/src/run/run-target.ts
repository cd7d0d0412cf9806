import type { Id, Json } from '#libs/kernel';
import { CLOCKS_APART_MS } from '#libs/kernel';
import type { Collection } from '#libs/ports/documents';

import type { BackupsParts } from '../backups-parts.js';
import { hasEnded } from './backup-run.js';
import { readRun } from './run-documents.js';

/** Which run works at a target now: what makes them one at a time. */
interface BackupTarget {
  /** Missing: nobody does. One that has ended counts as nobody, since it may have died before it let go. */
  readonly run?: Id;
  /** Of the newest run that was admitted; they count up. */
  readonly admission: number;
  /** When runs were admitted in the last 24 hours. */
  readonly admittedAt: readonly number[];
  /** How many parts of the content daily runs have read. */
  readonly parts: number;
  /** Servers that runs ordered in the last 24 hours. `of`: the run and which of its servers. */
  readonly servers?: readonly { readonly of: string; readonly at: number }[];
}

export const backupTargets: Collection = { name: 'backup_targets', fields: [] };

const DAY_MS = 24 * 3600_000;
const nobody: BackupTarget = { admission: 0, admittedAt: [], parts: 0 };

type TargetParts = Pick<BackupsParts, 'clock' | 'documents' | 'host' | 'runsPerDay'>;

const read = async ({ documents, host }: Pick<TargetParts, 'documents' | 'host'>) => {
  const [found] = await documents.get(backupTargets, [host]);
  const target = (found?.body as BackupTarget | undefined) ?? nobody;
  return { target, version: found?.version ?? 0 };
};

const swap = async (
  { documents, host }: Pick<TargetParts, 'documents' | 'host'>,
  target: BackupTarget,
  version: number,
): Promise<boolean> => {
  const body = JSON.parse(JSON.stringify(target)) as Json;
  return (await documents.swap(backupTargets, { id: host, body }, version)).swapped;
};

export type TargetAnswer =
  | { readonly taken: true; readonly admission: number; readonly parts: number }
  | { readonly taken: false; readonly code: 'BACKUP_ALREADY_RUNS' | 'BACKUP_BUDGET_SPENT' };

/**
 * Admits a run: from now on the target names it. Done again, it answers the same; so a process that died before the run
 * knew is repeated.
 */
export const takeTarget = async (parts: TargetParts, run: Id): Promise<TargetAnswer> => {
  for (;;) {
    const { target, version } = await read(parts);
    if (target.run === run)
      return { taken: true, admission: target.admission, parts: target.parts };
    if (await isTaken(parts, target)) return { taken: false, code: 'BACKUP_ALREADY_RUNS' };
    const now = parts.clock.now();
    const admittedAt = target.admittedAt.filter((at) => isOfLastDay(at, now));
    if (admittedAt.length >= parts.runsPerDay) return { taken: false, code: 'BACKUP_BUDGET_SPENT' };
    const admission = target.admission + 1;
    const next = { ...target, run, admission, admittedAt: [...admittedAt, now] };
    if (await swap(parts, next, version)) return { taken: true, admission, parts: target.parts };
  }
};

/** One that is to come was written by a clock that was wrong. */
const isOfLastDay = (at: number, now: number): boolean =>
  at > now - DAY_MS && at <= now + CLOCKS_APART_MS;

/** Whether one more server may be ordered today. The same one asked for again counts once. */
export const allowServer = async (
  parts: Pick<TargetParts, 'clock' | 'documents' | 'host'>,
  { of, mostPerDay }: { readonly of: string; readonly mostPerDay: number },
): Promise<boolean> => {
  for (;;) {
    const { target, version } = await read(parts);
    const now = parts.clock.now();
    const ordered = (target.servers ?? []).filter(({ at }) => isOfLastDay(at, now));
    if (ordered.some((one) => one.of === of)) return true;
    if (ordered.length >= mostPerDay) return false;
    const servers = [...ordered, { of, at: now }];
    if (await swap(parts, { ...target, servers }, version)) return true;
  }
};

const isTaken = async (parts: TargetParts, { run: id }: BackupTarget): Promise<boolean> => {
  if (id === undefined) return false;
  const stored = await readRun(parts, id);
  return stored !== undefined && !hasEnded(stored.run);
};

/** The run works no more. `parts`: how many parts have been read by now. Twice is once. */
export const releaseTarget = async (
  parts: TargetParts,
  id: Id,
  checked: { readonly parts?: number },
): Promise<void> => {
  for (;;) {
    const { target, version } = await read(parts);
    if (target.run !== id) return;
    const { run: _, ...free } = target;
    if (await swap(parts, { ...free, ...checked }, version)) return;
  }
};
