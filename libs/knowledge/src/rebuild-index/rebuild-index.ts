import type { ReadUnits } from '#libs/catalog';
import { asFault, type Clock } from '#libs/kernel';
import type { SearchIndex } from '#libs/ports/search-index';

import type { FollowVectors } from '../follow-vectors/follow-vectors.js';
import type { EmbedderModel } from '../generations/embedder-model.js';
import { isSameMeaning, type GenerationMeaning } from '../generations/generation-meaning.js';
import type { IndexGeneration, IndexPointer } from '../generations/index-pointer.js';
import type { IndexRecords } from '../index-records/index-records.js';
import type { BusyLive } from '../want-records/busy-live.js';
import { compareIndexes } from './compare-indexes.js';
import { countUnits } from './count-units.js';
import type { IndexRebuild, IndexRebuilds } from './index-rebuilds.js';

export interface RebuildIndexParts {
  readonly units: Pick<ReadUnits, 'kinds' | 'all'>;
  readonly index: Pick<SearchIndex, 'list' | 'states'>;
  readonly pointer: Pick<IndexPointer, 'open' | 'build' | 'switch' | 'giveUp'>;
  readonly indexing: Pick<IndexRecords, 'indexUnits'>;
  readonly rebuilds: Pick<IndexRebuilds, 'update'>;
  readonly live: Pick<BusyLive, 'free'>;
  readonly vectors: Pick<FollowVectors, 'fill'>;
  readonly model: EmbedderModel;
  readonly versions: string;
  readonly clock: Clock;
}

/** A change of the moment waits at most for one such piece. */
const PAGE = 32;
const REPORT_MS = 500;

/**
 * Builds the whole index beside the live one, from the records as they are, and switches to it. Who indexes a change
 * meanwhile writes it to both. One that was killed goes on where it was; one that was cancelled ends and leaves
 * nothing. `undefined`: the signal stopped it before its end.
 */
export const rebuildIndex =
  (parts: RebuildIndexParts) =>
  async (asked: IndexRebuild, signal: AbortSignal): Promise<IndexRebuild | undefined> => {
    let rebuild = await begun(parts, asked);
    try {
      const walked = await walk(parts, rebuild, signal);
      if (walked === 'stopped') return undefined;
      const filled = walked === 'cancelled' ? walked : await fill(parts, walked, signal);
      if (filled === 'stopped') return undefined;
      rebuild = filled === 'cancelled' ? { ...rebuild, state: 'cancelled' } : filled;
      if (rebuild.state !== 'cancelled') rebuild = await ended(parts, rebuild);
    } catch (thrown) {
      const { code, kind } = asFault(thrown);
      // A store is away: the next look goes on here.
      if (kind === 'unavailable') throw thrown;
      rebuild = { ...rebuild, state: 'failed', code };
    }
    if (rebuild.state !== 'switched') await parts.pointer.giveUp(rebuild.generation ?? 0);
    const done = { ...rebuild, endedAt: parts.clock.now() };
    await parts.rebuilds.update(done);
    return done;
  };

/** Goes on with what it had begun, unless that was given up, or is of another version or model. */
const begun = async (parts: RebuildIndexParts, asked: IndexRebuild): Promise<IndexRebuild> => {
  const { building, live } = await parts.pointer.open();
  const meaning = await meaningFor(parts, live);
  if (
    building !== undefined &&
    building.generation === asked.generation &&
    building.versions === parts.versions &&
    isSameMeaning(building.meaning, meaning)
  )
    return asked;
  const { generation } = await parts.pointer.build(meaning);
  const { kind: _kind, after: _after, isWalked: _isWalked, ...fresh } = asked;
  const units = await countUnits(parts.index, live.generation);
  // Each is written once, and its vectors follow.
  const head = meaning ? 2 * units : units;
  const rebuild: IndexRebuild = { ...fresh, state: 'running', generation, position: 0, head };
  await parts.rebuilds.update(rebuild);
  return rebuild;
};

/** Of an embedder that does not answer now, the model is most likely the one that it was. */
const meaningFor = async (
  { model }: RebuildIndexParts,
  live: IndexGeneration,
): Promise<GenerationMeaning | undefined> => {
  try {
    return await model.now();
  } catch {
    return live.meaning;
  }
};

const walk = async (
  parts: RebuildIndexParts,
  begin: IndexRebuild,
  signal: AbortSignal,
): Promise<IndexRebuild | 'stopped' | 'cancelled'> => {
  const { units, indexing, live, clock, rebuilds } = parts;
  if (begin.isWalked) return begin;
  let rebuild = begin;
  let reportedAt = -Infinity;
  const first = units.kinds.findIndex((kind) => kind === begin.kind);
  for (const kind of units.kinds.slice(Math.max(0, first))) {
    let after = kind === begin.kind ? begin.after : undefined;
    do {
      if (signal.aborted) return 'stopped';
      await live.free();
      const page = await units.all(kind, { limit: PAGE, ...(after !== undefined && { after }) });
      await indexing.indexUnits(page.units, rebuild.generation);
      after = page.next;
      const position = rebuild.position + page.units.length;
      rebuild = { ...rebuild, kind, position, head: Math.max(rebuild.head, position) };
      rebuild = after === undefined ? withoutPlace(rebuild) : { ...rebuild, after };
      if (Math.abs(clock.now() - reportedAt) < REPORT_MS) continue;
      reportedAt = clock.now();
      // Only between kinds or within one: a place between both would be lost.
      if (after !== undefined && !(await rebuilds.update(rebuild))) return 'cancelled';
    } while (after !== undefined);
  }
  rebuild = { ...rebuild, isWalked: true };
  return (await rebuilds.update(rebuild)) ? rebuild : 'cancelled';
};

/**
 * Vectors of all that is there now. While the embedder is away it waits, since the live index has vectors or needs none.
 * A new version of what is indexed waits for no vectors: they follow after the switch.
 */
const fill = async (
  parts: RebuildIndexParts,
  begin: IndexRebuild,
  signal: AbortSignal,
): Promise<IndexRebuild | 'stopped' | 'cancelled'> => {
  const { clock, model, pointer, rebuilds, vectors, versions } = parts;
  const { building, live } = await pointer.open();
  if (!building?.meaning || building.generation !== begin.generation) return begin;
  let rebuild = begin;
  let isCancelled = false;
  let reportedAt = -Infinity;
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  try {
    await model.now();
    await vectors.fill(building, either, async (done) => {
      const position = rebuild.position + done;
      rebuild = { ...rebuild, position, head: Math.max(rebuild.head, position) };
      if (Math.abs(clock.now() - reportedAt) < REPORT_MS) return;
      reportedAt = clock.now();
      isCancelled = !(await rebuilds.update(rebuild));
      if (isCancelled) stop.abort();
    });
  } catch (thrown) {
    if (!asFault(thrown).code.startsWith('EMBEDDER_')) throw thrown;
    model.failed(thrown);
    return live.versions === versions ? 'stopped' : rebuild;
  }
  if (isCancelled) return 'cancelled';
  return signal.aborted ? 'stopped' : rebuild;
};

const withoutPlace = ({ after: _after, ...rebuild }: IndexRebuild): IndexRebuild => rebuild;

/** Both are complete now, and both get every change. What differs after another look is behind in the live one. */
const ended = async (parts: RebuildIndexParts, rebuild: IndexRebuild): Promise<IndexRebuild> => {
  const { pointer, index, indexing } = parts;
  const generation = rebuild.generation ?? 0;
  const { live } = await pointer.open();
  const found = await compareIndexes(index, live.generation, generation);
  await indexing.indexUnits(
    found.differing.map(({ kind, id }) => `${kind}/${id}`),
    generation,
  );
  const comparison =
    found.differences === 0 ? found : await compareIndexes(index, live.generation, generation);
  const isEqual = comparison.differences === 0;
  // Where they differ, the live one is wrong: the records are the truth, and nobody needs to look at a list.
  const switched = rebuild.switch && (await pointer.switch(generation));
  const state = switched ? 'switched' : isEqual ? 'equal' : 'different';
  return {
    ...rebuild,
    state,
    result: { generation, position: rebuild.position, switched, comparison },
  };
};
