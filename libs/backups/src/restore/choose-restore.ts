import {
  KEYS_SOURCE,
  OWN_SOURCE,
  setsIn,
  type BackupSet,
  type ListedRepositories,
  type SetSnapshot,
} from './backup-set.js';

/** What somebody wants back. */
export interface RestoreWish {
  /** Missing: the one that the repository is of. */
  readonly environment?: string;
  /** The id of a run, or how it begins. */
  readonly run?: string;
  /** Nothing that was saved later, in ms since 1970. */
  readonly until?: number;
  /** Only this one. */
  readonly source?: string;
}

/** Why a set is not taken unless somebody names it. */
export type SetLack =
  | { readonly lack: 'log' }
  /** No keys were saved after it: what was sealed last would stay closed. */
  | { readonly lack: 'keys_since' }
  /** What the sets before and after it have: its run ended early. */
  | { readonly lack: 'sources'; readonly sources: readonly string[] };

export interface PassedOverSet {
  readonly run: string;
  readonly savedAt: number;
  readonly why: SetLack;
}

/** What comes back: the data of one run, and the newest keys. */
export interface RestorePlan {
  readonly set: BackupSet;
  /** Missing: none were found, so personal data stays closed. */
  readonly keys?: SetSnapshot;
  /** What the set lacks; it is taken all the same because it was named, or because there is none better. */
  readonly lack?: SetLack;
  /** Newer than the set, and passed over. Newest first. */
  readonly passedOver: readonly PassedOverSet[];
  /** Snapshots that are not ours. */
  readonly foreign: number;
}

export type RestoreRefusal =
  | { readonly why: 'no_backups'; readonly foreign: number }
  | { readonly why: 'other_environment'; readonly environments: readonly string[] }
  | { readonly why: 'several_environments'; readonly environments: readonly string[] }
  | { readonly why: 'no_such_run' }
  | { readonly why: 'several_runs'; readonly runs: readonly string[] }
  | { readonly why: 'none_so_early'; readonly oldest: number }
  | { readonly why: 'no_such_source'; readonly sources: readonly string[] };

export type ChosenRestore =
  | { readonly chosen: true; readonly plan: RestorePlan }
  | { readonly chosen: false; readonly refusal: RestoreRefusal };

/** Which snapshots come back. It asks for nothing but what stands in both repositories. */
export const chooseRestore = (lists: ListedRepositories, wish: RestoreWish): ChosenRestore => {
  const found = setsIn(lists);
  const environments = [...new Set(found.sets.map(({ environment }) => environment))].sort();
  const environment = wish.environment ?? environments[0];
  if (environment === undefined) return refused({ why: 'no_backups', foreign: found.foreign });
  if (wish.environment === undefined && environments.length > 1)
    return refused({ why: 'several_environments', environments });
  if (environments.length === 0) return refused({ why: 'no_backups', foreign: found.foreign });
  if (!environments.includes(environment))
    return refused({ why: 'other_environment', environments });
  const isOfIt = (one: { readonly environment: string }): boolean =>
    one.environment === environment;
  const keys = found.keys.filter(isOfIt).map(({ environment: _, ...snapshot }) => snapshot);
  const sets = found.sets.filter(isOfIt);
  const others = found.sets.length - sets.length + (found.keys.length - keys.length);
  return new Choice(sets, keys, lists.keys !== undefined).of(wish, found.foreign + others);
};

const refused = (refusal: RestoreRefusal): ChosenRestore => ({ chosen: false, refusal });

class Choice {
  readonly #lacks: ReadonlyMap<BackupSet, SetLack>;

  constructor(
    /** Of one environment, oldest first. */
    private readonly sets: readonly BackupSet[],
    private readonly keys: readonly SetSnapshot[],
    keysAreKnown: boolean,
  ) {
    const newestKeys = keysAreKnown ? keys.at(-1)?.savedAt : undefined;
    this.#lacks = lacksOf(sets, newestKeys);
  }

  of({ run, until, source }: RestoreWish, foreign: number): ChosenRestore {
    if (run !== undefined) return this.#named(run, source, foreign);
    const early = this.sets.filter(({ savedAt }) => until === undefined || savedAt <= until);
    const [oldest] = this.sets;
    if (early.length === 0 && oldest)
      return refused({ why: 'none_so_early', oldest: oldest.savedAt });
    const having = early.filter((set) => has(set, source));
    if (having.length === 0) return refused({ why: 'no_such_source', sources: namesIn(early) });
    const set = having.findLast((one) => !this.#lacks.has(one)) ?? having.at(-1);
    if (!set) return refused({ why: 'no_backups', foreign });
    const newer = early.slice(early.indexOf(set) + 1);
    return this.#taken(set, { foreign, passedOver: newer.flatMap((one) => this.#passed(one)) });
  }

  #named(run: string, source: string | undefined, foreign: number): ChosenRestore {
    const exact = this.sets.filter((set) => set.run === run);
    const found = exact.length > 0 ? exact : this.sets.filter((set) => set.run.startsWith(run));
    const [set, ...more] = found;
    if (!set) return refused({ why: 'no_such_run' });
    if (more.length > 0) return refused({ why: 'several_runs', runs: found.map((one) => one.run) });
    if (!has(set, source)) return refused({ why: 'no_such_source', sources: namesIn([set]) });
    return this.#taken(set, { foreign, passedOver: [] });
  }

  #taken(
    set: BackupSet,
    { foreign, passedOver }: Pick<RestorePlan, 'foreign' | 'passedOver'>,
  ): ChosenRestore {
    const lack = this.#lacks.get(set);
    const keys = this.keys.at(-1);
    const plan = { set, foreign, passedOver: [...passedOver].reverse() };
    return { chosen: true, plan: { ...plan, ...(lack && { lack }), ...(keys && { keys }) } };
  }

  #passed(set: BackupSet): readonly PassedOverSet[] {
    const why = this.#lacks.get(set);
    return why ? [{ run: set.run, savedAt: set.savedAt, why }] : [];
  }
}

const has = (set: BackupSet, source: string | undefined): boolean =>
  source === undefined ||
  source === KEYS_SOURCE ||
  set.sources.some((one) => one.source === source);

const namesIn = (sets: readonly BackupSet[]): readonly string[] =>
  [...new Set(sets.flatMap(({ sources }) => sources.map(({ source }) => source)))].sort();

/** Keys are saved last, so one with keys of its own has everything that its run had to save. */
const lacksOf = (
  sets: readonly BackupSet[],
  newestKeys: number | undefined,
): ReadonlyMap<BackupSet, SetLack> => {
  const lacks = new Map<BackupSet, SetLack>();
  for (const set of sets) {
    if (set.keys && has(set, OWN_SOURCE)) continue;
    if (!has(set, OWN_SOURCE)) lacks.set(set, { lack: 'log' });
    else if (newestKeys !== undefined && newestKeys < set.savedAt)
      lacks.set(set, { lack: 'keys_since' });
  }
  const usable = sets.filter((set) => !lacks.has(set));
  for (const [at, set] of usable.entries()) {
    if (set.keys) continue;
    const [before, after] = [usable[at - 1], usable[at + 1]];
    const sources = before && after ? bothHave(before, after).filter((it) => !has(set, it)) : [];
    if (sources.length > 0) lacks.set(set, { lack: 'sources', sources });
  }
  return lacks;
};

const bothHave = (before: BackupSet, after: BackupSet): readonly string[] =>
  namesIn([before]).filter((name) => has(after, name));
