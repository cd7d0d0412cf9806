import { objectOf, readPlace, whole, writePlace } from '#libs/foreign';
import { fault } from '#libs/kernel';
import type { Recipe } from '#libs/ports/provider';

import type { AircallClient } from './client.js';
import { LAST_PLACE, PER_PAGE, pageOfList, type ListedEntity } from './page-of-list.js';

/** A short list that cannot be asked for what changed. */
export interface AircallWholeList extends ListedEntity, Pick<Recipe, 'passes'> {
  readonly name: string;
  readonly path: string;
}

interface AircallListCursor {
  readonly page: number;
  readonly done: number;
  readonly total: number;
}

const BEGIN: AircallListCursor = { page: 1, done: 0, total: 0 };

/** From old to new: what is new comes at the end, and nothing that was read moves. */
export const recipeOfList = (client: AircallClient, list: AircallWholeList): Recipe => ({
  name: list.name,
  entities: [list.entity],
  by: 'nothing',
  passes: list.passes,
  async page(_stretch, after) {
    const place = after === undefined ? BEGIN : readPlace(after, asPlace);
    const query = `order=asc&page=${place.page}&per_page=${PER_PAGE}`;
    const asked = await client.get(list.entity, `${list.path}?${query}`);
    if (!asked) throw fault('PROVIDER_API_FAILED', { details: { provider: 'aircall' } });
    const { answers, total, isLast } = pageOfList(asked, list);
    const done = place.done + answers.length;
    const progress = { done, of: total };
    // Something before this page was removed: what stood first on it stands on the one before.
    const slipped = total < place.total && place.page > 1;
    const page = slipped ? place.page - 1 : place.page + 1;
    if (!slipped && (isLast || page * PER_PAGE > LAST_PLACE)) return { answers, progress };
    return { answers, progress, next: writePlace({ page, done, total }) };
  },
});

const asPlace = (value: unknown): AircallListCursor | undefined => {
  const object = objectOf(value);
  const [page, done, total] = ['page', 'done', 'total'].map((key) => whole(object?.[key]));
  return page && done !== undefined && total !== undefined ? { page, done, total } : undefined;
};
