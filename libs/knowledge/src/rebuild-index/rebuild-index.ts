import type { ReadUnits } from '#libs/catalog';
import { asFault, type Clock } from '#libs/kernel';
import type { SearchIndex } from '#libs/ports/search-index';

import type { IndexPointer } from '../generations/index-pointer.js';
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
      rebuild = walked === 'cancelled' ? { ...rebuild, state: 'cancelled' } : walked;
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

/** Goes on with what it had begun, unless that was given up or is of another version. */
const begun = async (parts: RebuildIndexParts, asked: IndexRebuild): Promise<IndexRebuild> => {
  const { building, live } = await parts.pointer.open();
  if (
    building !== undefined &&
    building.generation === asked.generation &&
    building.versions === parts.versions
  )
    return asked;
  const { generation } = await parts.pointer.build();
  const { kind: _kind, after: _after, ...fresh } = asked;
  const head = await countUnits(parts.index, live.generation);
  const rebuild: IndexRebuild = { ...fresh, state: 'running', generation, position: 0, head };
  await parts.rebuilds.update(rebuild);
  return rebuild;
};

const walk = async (
  parts: RebuildIndexParts,
  begin: IndexRebuild,
  signal: AbortSignal,
): Promise<IndexRebuild | 'stopped' | 'cancelled'> => {
  const { units, indexing, live, clock, rebuilds } = parts;
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
  return (await rebuilds.update(rebuild)) ? rebuild : 'cancelled';
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
