import type { Snapshot } from '#libs/ports/snapshot-repository';

import type { BackupsParts } from '../backups-parts.js';
import type { KeptSnapshot, DatedSnapshot } from '../retention/keep-policy.js';
import { planRetention } from '../retention/plan-retention.js';
import { hasEnded, isGood, type BackupRun, type RunRepository } from './backup-run.js';
import { readRun } from './run-documents.js';
import { runIn, runsHolding } from './runs-holding.js';

/** What would stay in a repository, and what would go. */
export interface RemovalPlan {
  readonly repository: RunRepository;
  readonly keep: readonly KeptSnapshot[];
  /** What good runs name comes first, so that nothing that is written besides delays it; each part oldest first. */
  readonly remove: readonly Pick<DatedSnapshot, 'id' | 'time'>[];
  /** No good run names them, and they stay. */
  readonly unnamed: readonly Snapshot[];
  /** The newest good run names them, and they are not there: no run removed them. */
  readonly lost: readonly string[];
  /** This run says that it saved them, and they are not there as its own. */
  readonly unsaved: readonly string[];
  /** Sources of which nothing goes, since the newest or all of them would. */
  readonly refused: readonly string[];
}

/** A run whose snapshots count as good before it has succeeded. */
interface PlanOrder {
  readonly run?: BackupRun;
  readonly signal: AbortSignal;
}

/**
 * Retention over what good runs name, for each source alone. Nothing else counts, so that no flood of strange snapshots
 * pushes a good one out. And nothing else goes, but keys: those that a run of ours saved and that never became good, and
 * those of our host that are too old.
 */
export const planRemovals = async (
  parts: BackupsParts,
  repository: RunRepository,
  { run, signal }: PlanOrder,
): Promise<RemovalPlan> => {
  const snapshots = await parts.repositories[repository].remover.list({ signal });
  const good = (await runsHolding(parts, snapshots)).filter(({ id }) => id !== run?.id);
  const sourceOf = new Map(
    [...good, ...(run ? [run] : [])].flatMap(({ sources }) =>
      sources
        .filter((source) => source.repository === repository)
        .flatMap(({ name, snapshot }) =>
          snapshot === undefined ? [] : [[snapshot, name] as const],
        ),
    ),
  );
  const ownSources = run?.sources.filter((source) => source.repository === repository);
  const isOfThisRun = new Set(ownSources?.map(({ snapshot }) => snapshot));
  const replacedBy = replacedIn([...good, ...(run ? [run] : [])]);
  const unnamed = snapshots.filter(({ id }) => !sourceOf.has(id) && !replacedBy.has(id));
  const plan = { keep: [] as KeptSnapshot[], remove: [] as RemovalPlan['remove'][number][] };
  const refused: string[] = [];
  for (const name of new Set(sourceOf.values())) {
    const named = snapshots.filter(({ id }) => sourceOf.get(id) === name);
    const planned = planOfSource(parts, repository, named, (id) => isOfThisRun.has(id));
    if (!planned) refused.push(name);
    plan.keep.push(...(planned?.keep ?? named.map(keptAsRefused)));
    plan.remove.push(...(planned?.remove ?? []));
  }
  const kept = new Set(plan.keep.map(({ id }) => id));
  const leaving = new Set([
    ...snapshots.filter(({ id }) => {
      const by = sourceOf.has(id) ? undefined : replacedBy.get(id);
      return by && (repository === 'keys' || !hasSnapshotIn(by, kept));
    }),
    ...(repository === 'keys' ? await abandonedOf(parts, unnamed) : []),
    ...tooOld(parts, repository, {
      unnamed,
      since: savedLast(run ?? newestOf(good), repository, snapshots),
    }),
  ]);
  return {
    ...{ repository, keep: plan.keep, refused },
    remove: [...oldestFirst(plan.remove), ...oldestFirst([...leaving])],
    unnamed: unnamed.filter((snapshot) => !leaving.has(snapshot)),
    lost: lostOf(good, repository, snapshots),
    unsaved: run ? unsavedOf(run, repository, snapshots) : [],
  };
};

/** Copies that a run made again. Of keys they go at once; others go with their run: a bucket may hold what is young. */
const replacedIn = (runs: readonly BackupRun[]): ReadonlyMap<string, BackupRun> =>
  new Map(runs.flatMap((run) => (run.replaced ?? []).map((id) => [id, run] as const)));

const hasSnapshotIn = ({ sources }: BackupRun, ids: ReadonlySet<string>): boolean =>
  sources.some(({ snapshot }) => snapshot !== undefined && ids.has(snapshot));

const oldestFirst = <T extends Pick<DatedSnapshot, 'time'>>(snapshots: readonly T[]): T[] =>
  snapshots.toSorted((a, b) => Date.parse(a.time) - Date.parse(b.time));

const newestOf = (good: readonly BackupRun[]): BackupRun | undefined =>
  good.toSorted((a, b) => b.requestedAt - a.requestedAt)[0];

/** What this run has of this repository in it. */
const savedLast = (
  run: BackupRun | undefined,
  repository: RunRepository,
  snapshots: readonly Snapshot[],
): Snapshot | undefined => {
  const own = run?.sources.filter((source) => source.repository === repository);
  return snapshots.findLast(({ id }) => own?.some(({ snapshot }) => snapshot === id));
};

/** Of the newest good run nothing is ever removed. */
const lostOf = (
  good: readonly BackupRun[],
  repository: RunRepository,
  snapshots: readonly Snapshot[],
): readonly string[] => {
  const listed = new Set(snapshots.map(({ id }) => id));
  return (newestOf(good)?.sources ?? [])
    .filter((source) => source.repository === repository)
    .flatMap(({ snapshot }) => snapshot ?? [])
    .filter((id) => !listed.has(id));
};

/** What was saved elsewhere is known by what was said there. Here is the first place where somebody else looks. */
const unsavedOf = (
  run: BackupRun,
  repository: RunRepository,
  snapshots: readonly Snapshot[],
): readonly string[] => {
  const isThere = (id: string, name: string): boolean =>
    snapshots.some(
      (one) => one.id === id && runIn(one) === run.id && one.tags.includes(`source:${name}`),
    );
  return run.sources
    .filter((source) => source.repository === repository)
    .flatMap(({ name, snapshot }) =>
      snapshot === undefined || isThere(snapshot, name) ? [] : [snapshot],
    );
};

const keptAsRefused = ({ id, time }: Snapshot): KeptSnapshot => ({
  id,
  time,
  reasons: ['refused'],
});

/** `undefined`: it would remove the newest, or all of them. */
const planOfSource = (
  { repositories, clock }: BackupsParts,
  repository: RunRepository,
  named: readonly Snapshot[],
  isOfThisRun: (id: string) => boolean,
): Pick<RemovalPlan, 'keep' | 'remove'> | undefined => {
  const newest = newestIn(named);
  if (!newest) return { keep: [], remove: [] };
  const { keep, remove } = planRetention(named, repositories[repository].policy, clock.now());
  if (remove.some(({ id }) => id === newest.id)) return undefined;
  // This run has not succeeded yet: until it has, the newest one that did stays beside it.
  const proven = newestIn(named.filter(({ id }) => !isOfThisRun(id)));
  const held = remove.filter(({ id }) => isOfThisRun(id) || id === proven?.id);
  return {
    keep: [
      ...keep,
      ...held.map(({ id, time }) => ({ id, time, reasons: ['newest good snapshot'] })),
    ],
    remove: remove.filter((one) => !held.includes(one)),
  };
};

const newestIn = (snapshots: readonly Snapshot[]): Snapshot | undefined =>
  snapshots.reduce<Snapshot | undefined>(
    (newest, one) => (newest && Date.parse(newest.time) > Date.parse(one.time) ? newest : one),
    undefined,
  );

/** Keys must be gone in time, also those of a run that failed after it had saved them. */
const abandonedOf = async (
  parts: BackupsParts,
  unnamed: readonly Snapshot[],
): Promise<readonly Snapshot[]> => {
  const abandoned: Snapshot[] = [];
  for (const snapshot of unnamed) {
    const id = snapshot.host === parts.host ? runIn(snapshot) : undefined;
    const stored = id === undefined ? undefined : await readRun(parts, id);
    if (!stored) continue;
    const isFailed = hasEnded(stored.run) && !isGood(stored.run);
    if (isFailed || isSavedTwice(stored.run, snapshot)) abandoned.push(snapshot);
  }
  return abandoned;
};

/** Its answer was lost, and the run has another one of the same source. */
const isSavedTwice = ({ sources }: BackupRun, { id, tags }: Snapshot): boolean =>
  sources.some(
    ({ name, snapshot }) =>
      snapshot !== undefined && snapshot !== id && tags.includes(`source:${name}`),
  );

/**
 * Erased keys must not open from a backup whose run nobody remembers. Age is counted back from the last snapshot of ours, so
 * that nothing goes while there is none, and from now where a clock was ahead when it was saved.
 */
const tooOld = (
  { repositories, clock, host }: BackupsParts,
  repository: RunRepository,
  {
    unnamed,
    since,
  }: { readonly unnamed: readonly Snapshot[]; readonly since?: Snapshot | undefined },
): readonly Snapshot[] => {
  const { unnamedGoAfterMs } = repositories[repository];
  if (!since || unnamedGoAfterMs === undefined) return [];
  const before = Math.min(clock.now(), Date.parse(since.time)) - unnamedGoAfterMs;
  return unnamed.filter((one) => one.host === host && Date.parse(one.time) < before);
};
