import type { Snapshot } from '#libs/ports/snapshot-repository';

import type { RunRepository } from '../run/backup-run.js';

/** One source, as a run saved it. */
export interface SetSnapshot {
  readonly id: string;
  readonly source: string;
  /** In ms since 1970. */
  readonly savedAt: number;
  /** As they were on the machine that saved them. */
  readonly paths: readonly string[];
  /** Old versions of restic do not say it. */
  readonly bytes?: number;
}

/** What one run left in the repositories. Known by its tags alone: the documents of runs are lost with all else. */
export interface BackupSet {
  readonly run: string;
  readonly environment: string;
  /** When its log was saved; without one, its first source. */
  readonly savedAt: number;
  /** Without keys. */
  readonly sources: readonly SetSnapshot[];
  /** Its own keys, where they are still kept. */
  readonly keys?: SetSnapshot;
}

export interface ListedRepositories {
  readonly data: readonly Snapshot[];
  /** Missing: nobody wants keys, or nobody can open them. */
  readonly keys?: readonly Snapshot[];
}

export interface FoundSets {
  /** Oldest first. */
  readonly sets: readonly BackupSet[];
  /** Every one of keys, oldest first. */
  readonly keys: readonly (SetSnapshot & { readonly environment: string })[];
  /** Snapshots that are not ours, or lie where ours do not. */
  readonly foreign: number;
}

const HOST = 'innkeeper-';
/** They become names of folders and stand on terminals, so nothing else counts as ours. */
const SOURCE = /^[a-z][a-z0-9-]{0,31}$/;
const RUN = /^[\w-]{1,64}$/;
export const OWN_SOURCE = 'innkeeper';
export const KEYS_SOURCE = 'keys';

interface ReadSnapshot extends SetSnapshot {
  readonly run: string;
  readonly environment: string;
}

/** Puts the snapshots of each run together. */
export const setsIn = ({ data, keys = [] }: ListedRepositories): FoundSets => {
  const ofData = readable(data, 'data');
  const ofKeys = readable(keys, 'keys');
  const runs = new Map<string, ReadSnapshot[]>();
  for (const snapshot of ofData) {
    const name = `${snapshot.environment}/${snapshot.run}`;
    runs.set(name, [...(runs.get(name) ?? []), snapshot]);
  }
  return {
    sets: [...runs.values()].map((saved) => setOf(saved, ofKeys)).sort(bySavedAt),
    keys: ofKeys.map(({ run: _, ...snapshot }) => snapshot).sort(bySavedAt),
    foreign: data.length - ofData.length + (keys.length - ofKeys.length),
  };
};

const readable = (
  snapshots: readonly Snapshot[],
  repository: RunRepository,
): readonly ReadSnapshot[] =>
  snapshots
    .flatMap((snapshot) => readSnapshot(snapshot) ?? [])
    .filter(({ source }) => (source === KEYS_SOURCE) === (repository === 'keys'));

const readSnapshot = ({
  id,
  time,
  host,
  tags,
  paths,
  content,
}: Snapshot): ReadSnapshot | undefined => {
  const tagged = (name: string): string =>
    tags.find((tag) => tag.startsWith(`${name}:`))?.slice(name.length + 1) ?? '';
  const [source, run, savedAt] = [tagged('source'), tagged('run'), Date.parse(time)];
  const isOurs = host.startsWith(HOST) && tags.includes('innkeeper');
  if (!isOurs || !SOURCE.test(source) || !RUN.test(run) || Number.isNaN(savedAt)) return undefined;
  return {
    ...{ id, source, run, savedAt, paths, environment: host.slice(HOST.length) },
    ...(content && { bytes: content.bytes }),
  };
};

/** A source that was saved again, because its copy had gone, counts as it was saved last. */
const setOf = (saved: readonly ReadSnapshot[], keys: readonly ReadSnapshot[]): BackupSet => {
  const newest = new Map<string, ReadSnapshot>();
  for (const snapshot of [...saved].sort(bySavedAt)) newest.set(snapshot.source, snapshot);
  const sources = [...newest.values()];
  const [{ run = '', environment = '', savedAt = 0 } = {}] = sources;
  const own = [...keys]
    .sort(bySavedAt)
    .findLast((one) => one.run === run && one.environment === environment);
  return {
    ...{ run, environment, savedAt: newest.get(OWN_SOURCE)?.savedAt ?? savedAt },
    sources: sources.map(withoutRun),
    ...(own && { keys: withoutRun(own) }),
  };
};

const withoutRun = ({
  run: _,
  environment: _environment,
  ...snapshot
}: ReadSnapshot): SetSnapshot => snapshot;

const bySavedAt = (a: { readonly savedAt: number }, b: { readonly savedAt: number }): number =>
  a.savedAt - b.savedAt;
