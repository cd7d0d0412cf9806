import { objectOf, readPlace, text, writePlace } from '#libs/foreign';
import type { RawAnswer, Recipe, TimeRange } from '#libs/ports/provider';

import type { GuestyClient } from './client.js';
import {
  asPlace,
  BEGIN,
  pageOf,
  placeAfter,
  type GuestyWholeList,
  type GuestyListCursor,
} from './list-recipe.js';

/** A list of which only the ids are taken, and each thing asked for by itself. */
export interface OneByOne extends Pick<
  GuestyWholeList,
  'by' | 'listed' | 'name' | 'passes' | 'query' | 'url'
> {
  readonly entity: string;
  readonly each: (
    client: GuestyClient,
    id: string,
    stretch: TimeRange,
  ) => Promise<readonly RawAnswer[] | undefined>;
}

interface OneByOneCursor {
  readonly list?: GuestyListCursor;
  readonly ids: readonly string[];
  readonly done: number;
}

/** So many a page: after a crash no more than these are asked for again. */
const AT_ONCE = 10;

export const recipeOneByOne = (client: GuestyClient, list: OneByOne): Recipe => ({
  name: list.name,
  entities: [list.entity],
  by: list.by,
  passes: list.passes,
  async page(stretch, after) {
    const place: OneByOneCursor =
      after === undefined ? { list: BEGIN, ids: [], done: 0 } : readPlace(after, asWaiting);
    const { ids, done } = place;
    if (ids.length === 0 && place.list) {
      const listed = await pageOf(client, list, { stretch, skip: place.list.skip });
      const next = placeAfter(place.list, listed);
      const waiting = { ids: listed.map(({ id }) => id), done, ...(next && { list: next }) };
      if (waiting.ids.length === 0 && !next) return { answers: [], progress: { done } };
      return { answers: [], next: writePlace(waiting), progress: { done } };
    }
    const answers: RawAnswer[] = [];
    for (const id of ids.slice(0, AT_ONCE))
      answers.push(...((await list.each(client, id, stretch)) ?? []));
    const rest: OneByOneCursor = { ...place, ids: ids.slice(AT_ONCE), done: done + answers.length };
    const isOver = rest.ids.length === 0 && !rest.list;
    return { answers, progress: { done: rest.done }, ...(!isOver && { next: writePlace(rest) }) };
  },
});

const asWaiting = (value: unknown): OneByOneCursor | undefined => {
  const object = objectOf(value);
  const ids = Array.isArray(object?.['ids']) ? object['ids'].map(text) : undefined;
  const list = object?.['list'] === undefined ? undefined : asPlace(object['list']);
  const done = object?.['done'];
  if (typeof done !== 'number' || !ids?.every((id) => id !== undefined)) return undefined;
  if (object?.['list'] !== undefined && !list) return undefined;
  return { ids, done, ...(list && { list }) };
};
