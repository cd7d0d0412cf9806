import { objectOf, readPlace, text, whole, writePlace } from '#libs/foreign';
import { fault } from '#libs/kernel';
import type { RawAnswer, Recipe, RecipePage, TimeRange } from '#libs/ports/provider';

import { answersIn, type Listed } from './answers.js';
import type { GuestyClient, GuestyQuery } from './client.js';

const LIMIT = 100;
/** Pages share so many: what is removed before a page moves the rest, and that must show. */
const OVERLAP = 5;

export interface GuestyWholeList extends Pick<Recipe, 'name' | 'by' | 'passes'> {
  readonly listed: Listed;
  readonly url: string;
  readonly query: (stretch: TimeRange) => GuestyQuery;
}

export interface GuestyListCursor {
  readonly skip: number;
  readonly done: number;
  /** The last ones of the page before: the first of this one, unless the list has moved. */
  readonly seen: readonly string[];
}

export const BEGIN: GuestyListCursor = { skip: 0, done: 0, seen: [] };

/** A list that is counted off from its beginning, in an order in which nothing moves but by removal. */
export const recipeOfList = (client: GuestyClient, list: GuestyWholeList): Recipe => ({
  name: list.name,
  entities: [list.listed.entity],
  by: list.by,
  passes: list.passes,
  async page(stretch, after): Promise<RecipePage> {
    const place = after === undefined ? BEGIN : readPlace(after, asPlace);
    const answers = await pageOf(client, list, { stretch, skip: place.skip });
    const done = place.done + answers.length;
    const next = placeAfter(place, answers);
    return { answers, progress: { done }, ...(next && { next: writePlace({ ...next, done }) }) };
  },
});

export const pageOf = async (
  client: GuestyClient,
  { listed, url, query }: Pick<GuestyWholeList, 'listed' | 'url' | 'query'>,
  { stretch, skip }: { readonly stretch: TimeRange; readonly skip: number },
): Promise<readonly RawAnswer[]> => {
  const asked = await client.get(listed.entity, url, { ...query(stretch), limit: LIMIT, skip });
  if (asked) return answersIn(asked, listed);
  throw fault('PROVIDER_API_FAILED', { details: { provider: 'guesty', entity: listed.entity } });
};

/** Goes back half a page where nothing of the page before is met again; `undefined` at the end. */
export const placeAfter = (
  { skip, seen, done }: GuestyListCursor,
  answers: readonly RawAnswer[],
): GuestyListCursor | undefined => {
  const ids = answers.map(({ id }) => id);
  const hasMoved = seen.length > 0 && !seen.some((id) => ids.includes(id));
  if (hasMoved)
    return { skip: Math.max(0, skip - LIMIT / 2), done, seen: skip > LIMIT / 2 ? seen : [] };
  if (ids.length < LIMIT) return undefined;
  return { skip: skip + LIMIT - OVERLAP, done, seen: ids.slice(-OVERLAP) };
};

export const asPlace = (value: unknown): GuestyListCursor | undefined => {
  const object = objectOf(value);
  const [skip, done] = [whole(object?.['skip']), whole(object?.['done'])];
  const seen = Array.isArray(object?.['seen']) ? object['seen'].map(text) : undefined;
  if (skip === undefined || done === undefined || !seen?.every((id) => id !== undefined))
    return undefined;
  return { skip, done, seen };
};
