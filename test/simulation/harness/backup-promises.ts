import { hasEnded, isGood, type BackupRun } from '#libs/backups';
import type { Code } from '#libs/kernel';

import { namedSnapshots, type BackupStore } from './backup-store.js';

/** A history of backups that has come to its end. */
export interface EndedBackups {
  readonly store: BackupStore;
  readonly runs: () => Promise<readonly BackupRun[]>;
  /** The run that was asked for last, when all trouble was over. */
  readonly newest: string | undefined;
  readonly mayFailWith?: Code | undefined;
  readonly leftInScratch: () => readonly string[];
}

type Say = (is: boolean, what: string) => void;

/** What must be so in the end, as sentences; none of them is broken. */
export const brokenPromises = async (world: EndedBackups): Promise<readonly string[]> => {
  const { store } = world;
  const runs = await world.runs();
  const broken = [...store.violations];
  const say: Say = (is, what) => void (is || broken.push(what));
  for (const run of runs) seeEnded(store, run, say);
  seeSnapshots(store, runs, say);
  for (const run of runs.filter(isGood)) {
    const [log, keys] = ['innkeeper', 'keys'].map(
      (name) => run.sources.find((one) => one.name === name)?.manifest?.checksums['content'],
    );
    say(Number(log) <= Number(keys), 'keys are older than the log that they open');
  }
  const next = runs.find(({ id }) => id === world.newest);
  const isExcused = next?.error !== undefined && next.error.code === world.mayFailWith;
  say(
    isExcused || (next !== undefined && isGood(next)),
    `the next run was ${next?.status} ${next?.error?.code}`,
  );
  say(world.leftInScratch().length === 0, 'something is left in scratch');
  for (const { locks } of Object.values(store.repositories)) say(locks === 0, 'a lock is left');
  return broken;
};

const seeEnded = (store: BackupStore, run: BackupRun, say: Say): void => {
  say(hasEnded(run) && run.endedAt !== undefined, `a run has not ended: ${run.step}`);
  say(run.claim === undefined, 'somebody still claims a run');
  const told = store.told.get(run.id) ?? [];
  const revisions = told.map(({ revision }) => revision);
  say(
    revisions.every((revision, at) => revision === at + 1) && revisions.length === run.revision,
    `history was told as ${revisions.join()} of ${run.revision}`,
  );
  const ends = new Set(told.filter(hasEnded).map(({ status }) => status));
  say(ends.size >= 1, 'nobody was told the end');
  say(ends.size <= 1, `a run ended as ${[...ends].join(' and ')}`);
};

const seeSnapshots = (store: BackupStore, runs: readonly BackupRun[], say: Say): void => {
  const removed = new Set(runs.flatMap(({ retention }) => retention?.removed ?? []));
  const planned = new Set(
    runs.flatMap(({ retention }) => Object.values(retention?.planned ?? {}).flat()),
  );
  for (const { run, source, snapshot } of namedSnapshots(runs)) {
    const kept = store.contentOf(source, snapshot);
    const isRemoved = planned.has(snapshot) || removed.has(snapshot);
    say(kept !== undefined || isRemoved, 'a named snapshot is missing');
    if (!kept) continue;
    const noted = run.sources.find(({ name }) => name === source)?.manifest;
    say(kept.content === kept.manifest.checksums['content'], 'a snapshot is half of two copies');
    say(kept.content === noted?.checksums['content'], 'a snapshot is not what was noted');
  }
};
