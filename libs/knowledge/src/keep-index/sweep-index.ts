import type { KindName, ReadUnits } from '#libs/catalog';
import type { Clock } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';
import type { SearchIndex } from '#libs/ports/search-index';

import type { IndexPointer } from '../generations/index-pointer.js';
import type { IndexRecords } from '../index-records/index-records.js';
import type { ParkedUnits } from '../index-records/parked-units.js';
import { isParked } from '../index-records/rendered-unit.js';
import type { BusyLive } from '../want-records/busy-live.js';
import type { WantedRecords } from '../want-records/wanted-records.js';

export interface SweepIndexParts {
  readonly units: Pick<ReadUnits, 'kinds' | 'all'>;
  readonly index: Pick<SearchIndex, 'list' | 'states'>;
  readonly pointer: Pick<IndexPointer, 'open'>;
  readonly indexing: Pick<IndexRecords, 'differing'>;
  readonly wanted: Pick<WantedRecords, 'want'>;
  readonly parked: Pick<ParkedUnits, 'list' | 'forget'>;
  readonly live: Pick<BusyLive, 'free'>;
  readonly documents: Pick<Documents, 'get' | 'swap'>;
  readonly clock: Clock;
  /** What renders otherwise than before when it changes: excluded kinds, the time zone. */
  readonly setting: string;
}

/** What one step found. */
export interface SweptUnits {
  readonly looked: number;
  readonly differing: number;
}

/** Where a sweep goes on: first by the records, one kind after another, then by the index. */
interface SweepPlace {
  readonly leg: KindName | 'index';
  readonly after?: string;
  /** Under which a whole sweep was last made. */
  readonly setting?: string;
  readonly generation: number;
}

const collection: Collection = { name: 'index_sweeps', fields: [] };
const ID = 'sweep';
const PAGE = 100;

/**
 * Compares records and index without end, a page at each call. It finds what nobody signalled, what came from another
 * generation of records or from other settings, and what the index holds of records that are gone. What differs is
 * wanted. After a change of settings it goes through all at once.
 */
export const sweepIndex =
  (parts: SweepIndexParts) =>
  async (signal: AbortSignal): Promise<SweptUnits> => {
    const swept = { looked: 0, differing: 0 };
    let isOver: boolean;
    do {
      await parts.live.free();
      const step = await sweepPage(parts);
      swept.looked += step.looked;
      swept.differing += step.differing;
      isOver = step.isSettled;
    } while (!isOver && !signal.aborted);
    return swept;
  };

const sweepPage = async (
  parts: SweepIndexParts,
): Promise<SweptUnits & { readonly isSettled: boolean }> => {
  const { documents, pointer, clock } = parts;
  const { live } = await pointer.open();
  const [stored] = await documents.get(collection, [ID]);
  const known = stored?.body as unknown as SweepPlace | undefined;
  const place = known?.generation === live.generation ? known : afterSwitch(parts, live, known);
  const { units, next } = await pageAt(parts, place);
  const differing = await parts.indexing.differing(units);
  const changedAt = clock.now();
  await parts.wanted.want(differing.map((record) => ({ record, changedAt })));
  const following = next ?? (await nextPass(parts, place));
  await documents.swap(collection, { id: ID, body: { ...following } }, stored?.version ?? 0);
  return {
    looked: units.length,
    differing: differing.length,
    isSettled: following.setting === parts.setting,
  };
};

/** What was built with another setting than it was swept with is looked through at once. */
const afterSwitch = (
  parts: SweepIndexParts,
  { generation }: { readonly generation: number },
  known: SweepPlace | undefined,
): SweepPlace => ({
  ...firstPlace(parts, generation),
  ...(known?.setting !== undefined && { setting: known.setting }),
});

const firstPlace = ({ units }: SweepIndexParts, generation: number): SweepPlace => ({
  leg: units.kinds[0] ?? 'index',
  generation,
});

const pageAt = async (
  { units, index }: SweepIndexParts,
  place: SweepPlace,
): Promise<{ readonly units: readonly string[]; readonly next?: SweepPlace }> => {
  const { leg, after } = place;
  const page = { limit: PAGE, ...(after !== undefined && { after }) };
  if (leg === 'index') {
    const { items, next } = await index.list(place.generation, page);
    // What is not found any more is found by its records, should they be there.
    const found = items.filter(({ passages }) => passages > 0).map(({ unit }) => unit);
    return { units: found, ...(next !== undefined && { next: { ...place, after: next } }) };
  }
  const { units: found, next } = await units.all(leg, page);
  if (next !== undefined) return { units: found, next: { ...place, after: next } };
  const { after: _after, ...rest } = place;
  const following = units.kinds[units.kinds.indexOf(leg) + 1] ?? 'index';
  return { units: found, next: { ...rest, leg: following } };
};

/** At the end of a pass: all was seen under this setting. */
const nextPass = async (
  parts: SweepIndexParts,
  { generation }: SweepPlace,
): Promise<SweepPlace> => {
  await tidyParked(parts, generation);
  return { ...firstPlace(parts, generation), setting: parts.setting };
};

const PARKED = 500;

/** A crash may have left a unit on the list that can be rendered again. */
const tidyParked = async (
  { parked, index }: SweepIndexParts,
  generation: number,
): Promise<void> => {
  const listed = await parked.list(generation, PARKED);
  const states = await index.states(
    generation,
    listed.map(({ unit }) => unit),
  );
  await parked.forget(
    generation,
    listed.filter((_, i) => !isParked(states[i]?.digest)).map(({ unit }) => unit),
  );
};
