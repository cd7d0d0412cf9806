import { objectOf, readPlace, whole, writePlace } from '#libs/foreign';
import { fault, type Clock } from '#libs/kernel';
import type { Recipe, RecipePage, TimeRange } from '#libs/ports/provider';

import type { AircallClient, AircallAnswer } from './client.js';
import { LAST_PLACE, PER_PAGE, pageOfList, type ListedEntity } from './page-of-list.js';

/** A list that can be asked for a stretch of time, in whole seconds. */
export interface ListInParts extends ListedEntity, Pick<Recipe, 'by' | 'historyMs' | 'passes'> {
  readonly name: string;
  readonly path: string;
  readonly query?: string;
  /** As long as a part is where few are expected in it. */
  readonly partMs: number;
}

/** What is asked for at once, in seconds: (`from`, `to`]. */
interface AircallPartsCursor {
  readonly from: number;
  readonly to: number;
  readonly page: number;
  readonly done: number;
  /** How many there were in this part when its reading began. */
  readonly total?: number;
}

/** Below this no list is read whole by its pages, so the part is halved; with room for calls that come late. */
const MOST_IN_A_PART = LAST_PLACE - 20 * PER_PAGE;

/**
 * Newest part first. A list ends at 10,000 with any page size. So a range is read in parts, halved until one fits. A
 * part is read from old to new, so that what comes late comes at its end.
 */
export const recipeInParts = (client: AircallClient, clock: Clock, list: ListInParts): Recipe => ({
  name: list.name,
  entities: [list.entity],
  by: list.by,
  ...(list.historyMs !== undefined && { historyMs: list.historyMs }),
  passes: list.passes,
  async page(stretch, after) {
    const place =
      after === undefined ? firstPlace(list, stretch, clock) : readPlace(after, asPlace);
    return place
      ? pageAt({ client, list, stretch }, place)
      : { answers: [], progress: { done: 0 } };
  },
});

interface PartsReading {
  readonly client: AircallClient;
  readonly list: ListInParts;
  readonly stretch: TimeRange;
}

const pageAt = async (reading: PartsReading, place: AircallPartsCursor): Promise<RecipePage> => {
  const { list, stretch } = reading;
  const { from, to, page } = place;
  const { answers, total, isLast } = pageOfList(await ask(reading, place), list);
  if (page === 1 && total > MOST_IN_A_PART && to - from > 1)
    return goOn(place, { from: to - Math.ceil((to - from) / 2), to, page: 1 }, []);
  // Fewer than before: some were taken out, and as many have slipped onto a page that was read already.
  if (page > 1 && total < (place.total ?? 0))
    return goOn({ done: place.done, total }, { from, to, page: page - 1 }, answers);
  const isEnd = isLast || (page + 1) * PER_PAGE > LAST_PLACE;
  if (!isEnd) return goOn({ done: place.done, total }, { from, to, page: page + 1 }, answers);
  const next = partBefore(list, from, beginOf(list, stretch));
  if (next) return goOn({ done: place.done }, next, answers);
  return { answers, progress: { done: place.done + answers.length } };
};

const ask = async (
  { client, list }: PartsReading,
  { from, to, page }: AircallPartsCursor,
): Promise<AircallAnswer> => {
  const query = `from=${from}&to=${to}&order=asc&page=${page}&per_page=${PER_PAGE}`;
  const asked = await client.get(list.entity, `${list.path}?${query}${list.query ?? ''}`);
  if (asked) return asked;
  throw fault('PROVIDER_API_FAILED', { details: { provider: 'aircall', entity: list.entity } });
};

const goOn = (
  { done, total }: Omit<AircallPartsCursor, 'from' | 'to' | 'page'>,
  to: Pick<AircallPartsCursor, 'from' | 'to' | 'page'>,
  answers: RecipePage['answers'],
): RecipePage => {
  const sum = done + answers.length;
  const place: AircallPartsCursor = {
    ...to,
    done: sum,
    ...(to.page > 1 && total !== undefined && { total }),
  };
  return { answers, next: writePlace(place), progress: { done: sum } };
};

/** `from` is exclusive at this provider. */
const secondBefore = (ms: number): number => Math.max(0, Math.floor(ms / 1000) - 1);

/** Up to a moment that stands still: what begins while the list is read comes with the next pass. */
const firstPlace = (
  list: ListInParts,
  stretch: TimeRange,
  clock: Clock,
): AircallPartsCursor | undefined => {
  const end = Math.floor(Math.min(stretch.to, clock.now()) / 1000);
  const part = partBefore(list, end, beginOf(list, stretch));
  return part && { ...part, done: 0 };
};

/** Before its history the list is empty, day by day. */
const beginOf = ({ historyMs = Infinity }: ListInParts, { from, to }: TimeRange): number =>
  secondBefore(Math.max(from, to - historyMs));

const partBefore = (
  { partMs }: ListInParts,
  to: number,
  first: number,
): Pick<AircallPartsCursor, 'from' | 'to' | 'page'> | undefined =>
  to > first ? { from: Math.max(first, to - partMs / 1000), to, page: 1 } : undefined;

const asPlace = (value: unknown): AircallPartsCursor | undefined => {
  const object = objectOf(value);
  const [from, to, page, done, total] = ['from', 'to', 'page', 'done', 'total'].map((key) =>
    whole(object?.[key]),
  );
  if (from === undefined || to === undefined || !page || done === undefined) return undefined;
  return { from, to, page, done, ...(total !== undefined && { total }) };
};
