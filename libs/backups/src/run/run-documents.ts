import { fault, type Id, type Json } from '#libs/kernel';
import type { Collection, NewDocument, Query, StoredDocument } from '#libs/ports/documents';

import type { BackupsParts } from '../backups-parts.js';
import { hasEnded, isGood, type BackupRun } from './backup-run.js';
import { decideRun } from './decide-run.js';
import { evolveRun } from './evolve-run.js';
import type { RunCommand, RunEvent } from './run-events.js';

/** A run as it is kept. */
export interface StoredRun {
  readonly run: BackupRun;
  /** States that the log was not told yet, in order. */
  readonly owed: readonly BackupRun[];
  /** None of its snapshots is in a repository any more. */
  readonly isGone?: boolean;
}

export const backupRuns: Collection = {
  name: 'backup_runs',
  fields: ['good', 'holds', 'open', 'owes', 'proved', 'requestedAt'],
  orderedBy: 'requestedAt',
};

/** Lists of one of these, in the order of requests. */
export type RunList = 'good' | 'holds' | 'open' | 'owes' | 'proved';

/** So long a run is kept that names no snapshot. */
const KEPT_MS = 400 * 24 * 3600_000;
const PAGE = 100;

const flag = (is: boolean): number => (is ? 1 : 0);

const documentOf = (stored: StoredRun): NewDocument => {
  const { run, owed, isGone = false } = stored;
  const isNeeded = !hasEnded(run) || owed.length > 0 || (isGood(run) && !isGone);
  return {
    id: run.id,
    // Members that are `undefined` are not stored.
    body: JSON.parse(JSON.stringify(stored)) as Json,
    fields: {
      ...{ requestedAt: run.requestedAt, good: flag(isGood(run)) },
      ...{ holds: flag(isGood(run) && !isGone), open: flag(!hasEnded(run)) },
      ...{ owes: flag(owed.length > 0), proved: flag(run.drill?.verdict === 'good') },
    },
    ...(!isNeeded && { expiresAt: run.requestedAt + KEPT_MS }),
  };
};

/** A state as the log hears it: nothing that only the work needs. */
const told = ({ claim: _, progress: __, sources, ...run }: BackupRun): BackupRun => ({
  ...run,
  sources: sources.map(
    ({ manifest: _manifest, paths: _paths, savedPaths: _saved, ...source }) => source,
  ),
});

type DocumentsParts = Pick<BackupsParts, 'documents'>;

const readStored = async (
  { documents }: DocumentsParts,
  id: Id,
): Promise<{ readonly stored: StoredRun | undefined; readonly version: number }> => {
  const [found] = await documents.get(backupRuns, [id]);
  return { stored: found && storedIn(found), version: found?.version ?? 0 };
};

const storedIn = ({ body }: StoredDocument): StoredRun => body as unknown as StoredRun;

/** Changes the document while others do: what they wrote is read again and changed again. */
const changeStored = async (
  parts: DocumentsParts,
  id: Id,
  change: (now: StoredRun | undefined) => StoredRun | undefined,
): Promise<void> => {
  for (;;) {
    const { stored, version } = await readStored(parts, id);
    const next = change(stored);
    if (!next || next === stored) return;
    if ((await parts.documents.swap(backupRuns, documentOf(next), version)).swapped) return;
  }
};

export interface DecidedRun {
  readonly run: BackupRun;
  /** What this command brought about; nothing where it came too late, or again. */
  readonly events: readonly RunEvent[];
}

/** Decides about a run, on what its document says at that moment. */
export const changeRun = async (
  parts: DocumentsParts,
  id: Id,
  command: RunCommand,
): Promise<DecidedRun> => {
  let decided: DecidedRun | undefined;
  await changeStored(parts, id, (now) => {
    const events = decideRun(command, now?.run);
    let run = now?.run;
    const owed = [...(now?.owed ?? [])];
    for (const event of events) {
      const next = evolveRun(run, event);
      if (next && next.revision !== run?.revision) owed.push(told(next));
      run = next;
    }
    if (!run) throw fault('BACKUP_NOT_FOUND', { details: { run: id } });
    decided = { run, events };
    return events.length === 0 ? now : { ...now, run, owed };
  });
  if (!decided) throw fault('DEFECT_UNKNOWN');
  return decided;
};

/** A run that is known from elsewhere, with nothing owed. `false`: there is one, and it stays as it is. */
export const createRun = async ({ documents }: DocumentsParts, run: BackupRun): Promise<boolean> =>
  (await documents.swap(backupRuns, documentOf({ run, owed: [] }), 0)).swapped;

export const readRun = async (parts: DocumentsParts, id: Id): Promise<StoredRun | undefined> =>
  (await readStored(parts, id)).stored;

/** Those of them that are there. */
export const readRuns = async (
  { documents }: DocumentsParts,
  ids: readonly Id[],
): Promise<readonly BackupRun[]> => {
  const found: BackupRun[] = [];
  for (let at = 0; at < ids.length; at += PAGE) {
    const page = await documents.get(backupRuns, ids.slice(at, at + PAGE));
    found.push(...page.flatMap((one) => (one ? [storedIn(one).run] : [])));
  }
  return found;
};

/** The log was told everything up to this revision. */
export const settleTold = (parts: DocumentsParts, id: Id, revision: number): Promise<void> =>
  changeStored(
    parts,
    id,
    (now) => now && { ...now, owed: now.owed.filter((state) => state.revision > revision) },
  );

export const markGone = (parts: DocumentsParts, id: Id, isGone: boolean): Promise<void> =>
  changeStored(parts, id, (now) => {
    const isKnown = (now?.isGone ?? false) === isGone;
    return now && !isKnown ? { ...now, isGone } : undefined;
  });

export const listRuns = async (
  { documents }: DocumentsParts,
  page: Pick<Query, 'limit' | 'after'>,
): Promise<{ readonly items: readonly BackupRun[]; readonly next?: string }> => {
  const order = { field: 'requestedAt', descending: true };
  const { items, next } = await documents.query(backupRuns, { ...page, order });
  return { items: items.map((item) => storedIn(item).run), ...(next !== undefined && { next }) };
};

/** All of one list, oldest first. */
export const runsOf = async (
  { documents }: DocumentsParts,
  list: RunList,
): Promise<readonly BackupRun[]> => {
  const found: BackupRun[] = [];
  let after: string | undefined;
  do {
    const page = await documents.query(backupRuns, {
      ...{ where: { [list]: 1 }, order: { field: 'requestedAt' }, limit: PAGE },
      ...(after !== undefined && { after }),
    });
    found.push(...page.items.map((item) => storedIn(item).run));
    after = page.next;
  } while (after !== undefined);
  return found;
};

export const newestOf = async (
  { documents }: DocumentsParts,
  list: RunList,
): Promise<BackupRun | undefined> => {
  const order = { field: 'requestedAt', descending: true };
  const { items } = await documents.query(backupRuns, { where: { [list]: 1 }, order, limit: 1 });
  return items[0] && storedIn(items[0]).run;
};

/** Requested since, newest first. */
export const runsSince = async (
  { documents }: DocumentsParts,
  since: number,
): Promise<readonly BackupRun[]> => {
  const found: BackupRun[] = [];
  let after: string | undefined;
  do {
    const page = await documents.query(backupRuns, {
      ...{ order: { field: 'requestedAt', descending: true }, from: since, limit: PAGE },
      ...(after !== undefined && { after }),
    });
    found.push(...page.items.map((item) => storedIn(item).run));
    after = page.next;
  } while (after !== undefined);
  return found;
};
