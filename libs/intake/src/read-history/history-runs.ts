import type { Clock, Code, JsonObject } from '#libs/kernel';
import {
  everyDocument,
  type Collection,
  type Documents,
  type StoredDocument,
} from '#libs/ports/documents';
import type { ProviderApi, Recipe, TimeRange } from '#libs/ports/provider';

import type { ProviderApis } from '../refresh-entity/refresh-entity.js';

/** One reading of one list of a provider: the first import, or the pass `0`, `1`, … of its recipe. */
export interface HistoryRun {
  readonly source: string;
  readonly recipe: string;
  readonly pass: string;
  /** `stopping`: an operator said so, and the process that reads it does not know yet. */
  readonly state: 'asked' | 'running' | 'stopping' | 'stopped' | 'done' | 'failed';
  readonly askedAt: number;
  /** Missing until it begins. */
  readonly stretch?: TimeRange;
  /** Where the recipe goes on. */
  readonly after?: string;
  readonly pages: number;
  readonly read: number;
  readonly of?: number;
  /** How much of it nobody had told us. */
  readonly fresh: number;
  /** Since the provider told us something last: what changed after that, and was found by asking. */
  readonly untold?: { readonly since: number; readonly count: number };
  readonly finishedAt?: number;
  /** Up to here every earlier stretch of this pass was read whole. */
  readonly coveredTo?: number;
  /** Why it failed, or what a running one waits for. */
  readonly code?: Code;
}

export interface KnownRun {
  readonly run: HistoryRun;
  readonly version: number;
}

export const IMPORT = 'import';
/** What may have been missed, read again because somebody found out. */
export const REPAIR = 'repair';

export const isRepair = ({ pass }: Pick<HistoryRun, 'pass'>): boolean => pass === REPAIR;

const collection: Collection = {
  name: 'history_runs',
  fields: ['source', 'state', 'askedAt'],
  orderedBy: 'askedAt',
};

export const historyKeyOf = ({ source, recipe, pass }: RunName): string =>
  `${source}/${recipe}/${pass}`;

export type RunName = Pick<HistoryRun, 'source' | 'recipe' | 'pass'>;

export const runNameOf = (key: string): RunName => {
  const [source = '', recipe = '', pass = ''] = key.split('/');
  return { source, recipe, pass };
};

export interface HistoryRuns {
  find(key: string): Promise<KnownRun | undefined>;
  list(source?: string): Promise<readonly HistoryRun[]>;
  /** Asked for or begun, and not over; or to be stopped. */
  open(): Promise<readonly HistoryRun[]>;
  /** By compare-and-set: `undefined` when somebody else wrote it meanwhile. */
  write(run: HistoryRun, version: number): Promise<KnownRun | undefined>;
  /** Asks for the first import of a list, unless it is under way. `false`: it is. */
  ask(name: Omit<RunName, 'pass'>): Promise<boolean>;
  /** Asks to read a list again from this time on. One that is under way begins again: it knew less. */
  askRepair(name: Omit<RunName, 'pass'>, from: number): Promise<void>;
}

export const createHistoryRuns = ({
  documents,
  clock,
}: {
  documents: Documents;
  clock: Clock;
}): HistoryRuns => {
  const find: HistoryRuns['find'] = async (key) => {
    const [stored] = await documents.get(collection, [key]);
    return stored && { run: runOf(stored), version: stored.version };
  };
  const write: HistoryRuns['write'] = async (run, version) => {
    const { source, state, askedAt } = run;
    const body = JSON.parse(JSON.stringify(run)) as JsonObject;
    const swapped = await documents.swap(
      collection,
      { id: historyKeyOf(run), body, fields: { source, state, askedAt } },
      version,
    );
    return swapped.swapped ? { run, version: swapped.version } : undefined;
  };
  return {
    find,
    write,

    list: (source) => listAll(documents, source),

    async open() {
      const states = await Promise.all(
        ['running', 'asked', 'stopping'].map((state) =>
          documents.query(collection, { where: { state }, limit: 200 }),
        ),
      );
      return states.flatMap(({ items }) => items.map(runOf));
    },

    async ask(name) {
      const key = historyKeyOf({ ...name, pass: IMPORT });
      const known = await find(key);
      if (known && ['asked', 'running'].includes(known.run.state)) return false;
      const run: HistoryRun = { ...emptyRun({ ...name, pass: IMPORT }, clock.now()) };
      return (await write(run, known?.version ?? 0)) !== undefined;
    },

    askRepair: (name, from) =>
      askRepair(
        { find, write },
        { ...name, pass: REPAIR },
        {
          from,
          to: clock.now(),
        },
      ),
  };
};

const listAll = async (
  documents: Documents,
  source: string | undefined,
): Promise<readonly HistoryRun[]> => {
  const all: HistoryRun[] = [];
  const query = source === undefined ? {} : { where: { source } };
  for await (const run of everyDocument(documents, collection, query)) all.push(runOf(run));
  return all;
};

/** It overwrites what is there: a process that reads it now is overtaken. */
const askRepair = async (
  { find, write }: Pick<HistoryRuns, 'find' | 'write'>,
  name: RunName,
  stretch: TimeRange,
): Promise<void> => {
  const asked: HistoryRun = { ...emptyRun(name, stretch.to), stretch };
  for (;;) {
    const known = await find(historyKeyOf(name));
    const untold = known?.run.untold;
    if (await write({ ...asked, ...(untold && { untold }) }, known?.version ?? 0)) return;
  }
};

export const emptyRun = (name: RunName, askedAt: number): HistoryRun => ({
  ...name,
  state: 'asked',
  askedAt,
  pages: 0,
  read: 0,
  fresh: 0,
});

/** A recipe's passes with their keys, for who wakes them. */
export const passesOf = (apis: ProviderApis): readonly { key: string; everyMs: number }[] =>
  [...apis.values()].flatMap((api: ProviderApi) =>
    api.recipes.flatMap((recipe: Recipe) =>
      recipe.passes.map(({ everyMs }, pass) => ({
        key: historyKeyOf({ source: api.provider, recipe: recipe.name, pass: `${pass}` }),
        everyMs,
      })),
    ),
  );

const runOf = ({ body }: StoredDocument): HistoryRun => body as unknown as HistoryRun;
