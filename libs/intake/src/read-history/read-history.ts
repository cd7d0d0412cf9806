import { fault, type Clock, type Code, type JsonObject } from '#libs/kernel';
import type { Recipe, TimeRange } from '#libs/ports/provider';

import type { receiveAnswers } from '../receive-answers/receive-answers.js';
import { hintsFrom, type ProviderApis } from '../refresh-entity/refresh-entity.js';
import type { WantedEntities } from '../refresh-entity/wanted-entities.js';
import {
  emptyRun,
  IMPORT,
  REPAIR,
  runNameOf,
  type HistoryRun,
  type HistoryRuns,
  type KnownRun,
} from './history-runs.js';

export interface HistoryReading {
  readonly signal: AbortSignal;
  /** Goes on another time after this long, so that one long list does not keep others waiting. */
  readonly sliceMs: number;
  readonly progress: (progress: JsonObject) => Promise<void>;
}

/** `more`: the rest stands in the run and can be read at once, by anybody. */
export type ReadOutcome = 'nothing' | 'done' | 'more' | 'overtaken';

interface ReadHistoryParts {
  readonly apis: ProviderApis;
  readonly runs: HistoryRuns;
  readonly wanted: WantedEntities;
  readonly receive: ReturnType<typeof receiveAnswers>;
  readonly clock: Clock;
  /** When the source told us something by itself the last time. */
  readonly lastTold: (source: string) => Promise<number | undefined>;
}

/** A schedule that comes a little early is on time. */
const EARLY = 0.9;

/**
 * Reads one list of a provider over one stretch of time, page by page: publish what is new, then move the cursor
 * by compare-and-set. A crash reads one page again; a second reader finds that it was overtaken and stops.
 */
export const readHistory = (ports: ReadHistoryParts) => {
  const { apis, runs, clock } = ports;

  return async (key: string, reading: HistoryReading): Promise<ReadOutcome> => {
    const name = runNameOf(key);
    const recipe = apis.get(name.source)?.recipes.find((one) => one.name === name.recipe);
    if (!recipe) return 'nothing';
    let known = await begin(runs, recipe, key, clock.now());
    if (known === undefined) return 'nothing';
    const until = clock.now() + reading.sliceMs;
    while (known.run.state === 'running') {
      if (reading.signal.aborted || clock.now() >= until) return 'more';
      const next: KnownRun | undefined = await readPage(ports, recipe, known);
      if (!next) return 'overtaken';
      known = next;
      await reading.progress(progressOf(known.run));
    }
    return 'done';
  };
};

/** For good: it says why, and a pass begins again when its time comes. */
export const failHistory =
  ({ runs }: { runs: HistoryRuns }) =>
  async (key: string, code: Code): Promise<void> => {
    const known = await runs.find(key);
    if (known) await runs.write({ ...known.run, state: 'failed', code }, known.version);
  };

/** It is tried again; until then the run says what it waits for. */
export const holdHistory =
  ({ runs }: { runs: HistoryRuns }) =>
  async (key: string, code: Code): Promise<void> => {
    const known = await runs.find(key);
    if (known?.run.state === 'running' && known.run.code !== code)
      await runs.write({ ...known.run, code }, known.version);
  };

/** An operator's word: what was read stays, the rest is not read. `false`: it is not under way. */
export const stopHistory =
  ({ runs }: { runs: HistoryRuns }) =>
  async (key: string): Promise<boolean> => {
    for (;;) {
      const known = await runs.find(key);
      if (!known || !['asked', 'running'].includes(known.run.state)) return false;
      // A reader that moves the cursor meanwhile is quicker, once or twice.
      if (await runs.write({ ...known.run, state: 'stopping' }, known.version)) return true;
    }
  };

/** Nobody reads it any more. */
export const endHistory =
  ({ runs }: { runs: HistoryRuns }) =>
  async (key: string): Promise<void> => {
    const known = await runs.find(key);
    if (known?.run.state === 'stopping')
      await runs.write({ ...known.run, state: 'stopped' }, known.version);
  };

/** Where it was left, or a new stretch when one was asked for or is due. */
const begin = async (
  runs: HistoryRuns,
  recipe: Recipe,
  key: string,
  now: number,
): Promise<KnownRun | undefined> => {
  const known = await runs.find(key);
  if (known?.run.state === 'running') return known;
  const name = runNameOf(key);
  const stretch = stretchOf(recipe, name.pass, now, known?.run);
  const unasked = [IMPORT, REPAIR].includes(name.pass) && known?.run.state !== 'asked';
  if (!stretch || unasked || known?.run.state === 'stopping') return undefined;
  const { coveredTo, untold } = known?.run ?? {};
  const run: HistoryRun = {
    ...emptyRun(name, known?.run.state === 'asked' ? known.run.askedAt : now),
    ...(coveredTo !== undefined && { coveredTo }),
    ...(untold && { untold }),
    state: 'running',
    stretch,
  };
  const written = await runs.write(run, known?.version ?? 0);
  if (!written) throw fault('LOG_VERSION_CONFLICT', { details: { run: key } });
  return written;
};

const stretchOf = (
  recipe: Recipe,
  pass: string,
  now: number,
  last: HistoryRun | undefined,
): TimeRange | undefined => {
  if (pass === IMPORT) return importOf(recipe, now);
  if (pass !== REPAIR) return passOf(recipe, pass, now, last);
  return { from: recipe.by === 'nothing' ? 0 : (last?.stretch?.from ?? now), to: now };
};

const importOf = ({ historyMs }: Recipe, now: number): TimeRange => ({
  from: historyMs === undefined ? 0 : Math.max(0, now - historyMs),
  to: now,
});

/** From where the last one ended if that is longer ago than a pass reaches: our own outage leaves no gap. */
const passOf = (
  { passes, by, historyMs = Infinity }: Recipe,
  pass: string,
  at: number,
  last: HistoryRun | undefined,
): TimeRange | undefined => {
  const { everyMs, reachMs } = passes[Number(pass)] ?? { everyMs: Infinity, reachMs: 0 };
  const hasStrayed = (last?.askedAt ?? 0) > at;
  const began = hasStrayed ? 0 : (last?.askedAt ?? 0);
  if (!Number.isFinite(everyMs) || at < began + everyMs * EARLY) return undefined;
  if (by === 'nothing') return { from: 0, to: at };
  const from = Math.min(
    at - reachMs,
    (hasStrayed ? coveredBefore(last, at) : last?.coveredTo) ?? at,
  );
  return { from: Math.max(0, from, at - historyMs), to: at };
};

/** Up to where a pass knew everything when our clock was ahead. Two such passes leave nothing that could be believed. */
const coveredBefore = (last: HistoryRun | undefined, at: number): number => {
  const from = last?.stretch?.from ?? 0;
  return from <= at ? from : 0;
};

const readPage = async (
  { runs, wanted, receive, clock, lastTold }: ReadHistoryParts,
  recipe: Recipe,
  { run, version }: KnownRun,
): Promise<KnownRun | undefined> => {
  const { source, stretch = { from: 0, to: 0 } } = run;
  const page = await recipe.page(stretch, run.after);
  const received = await receive({ provider: source, backfilled: true }, page.answers);
  const { fresh, hints } = received;
  await wanted.want(hintsFrom(source, hints));
  const { after: _after, code: _code, ...rest } = run;
  const { done, of } = page.progress;
  const read = {
    ...rest,
    pages: run.pages + 1,
    read: done,
    ...(of !== undefined && { of }),
    fresh: run.fresh + fresh,
    ...(await untoldIn(run, received.changes, { lastTold, clock })),
  };
  const next: HistoryRun =
    page.next === undefined
      ? { ...read, state: 'done', finishedAt: clock.now(), coveredTo: stretch.to }
      : { ...read, after: page.next };
  return runs.write(next, version);
};

/** A delivery may be that late, and clocks that far apart. */
const GRACE_MS = 5 * 60_000;

/**
 * What changed well after the last delivery and well before now should have been told, and was not. An import
 * finds what was before there was anybody to tell.
 */
const untoldIn = async (
  { source, pass, untold }: HistoryRun,
  changes: readonly number[],
  { lastTold, clock }: Pick<ReadHistoryParts, 'lastTold' | 'clock'>,
): Promise<Pick<HistoryRun, 'untold'>> => {
  const since = pass === IMPORT || changes.length === 0 ? undefined : await lastTold(source);
  if (since === undefined) return untold ? { untold } : {};
  const latest = clock.now() - GRACE_MS;
  const count = changes.filter((at) => at > since + GRACE_MS && at < latest).length;
  if (count === 0) return untold ? { untold } : {};
  return { untold: { since, count: count + (untold?.since === since ? untold.count : 0) } };
};

const progressOf = ({ pages, read, of, fresh }: HistoryRun): JsonObject => ({
  ...{ pages, read, fresh },
  ...(of !== undefined && { of }),
});
