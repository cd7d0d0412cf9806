import { objectOf, readPlace, text, whole, writePlace } from '#libs/foreign';
import { fault } from '#libs/kernel';
import type { Recipe } from '#libs/ports/provider';

import { answersIn } from './answers.js';
import type { GuestyClient } from './client.js';
import { reservations, RESERVATION_FIELDS } from './entities.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LIMIT = 100;
/** Where many were changed in one moment: so many may be changed again between two pages and none is missed. */
const OVERLAP = 20;

interface ReservationsCursor {
  /** From this change on, inclusive. */
  readonly since: string;
  /** How many of those are read already: more than 0 only while all of a page changed in one moment. */
  readonly skip: number;
  readonly done: number;
}

/**
 * Reservations by their last change. One that is changed while the list is read moves to its end. So no page is
 * counted from the beginning: each starts at the moment at which the one before ended.
 *
 * Guesty announced that this list ends on 1 March 2027, and the next one can only be asked by creation. Then this
 * becomes that search, and a look-up of every stay that is not long over.
 */
export const reservationsRecipe = (client: GuestyClient): Recipe => ({
  name: 'reservations',
  entities: ['reservation'],
  by: 'change',
  passes: [
    { everyMs: 10 * MINUTE, reachMs: 2 * HOUR },
    { everyMs: 6 * HOUR, reachMs: 48 * HOUR },
  ],
  async page({ from, to }, after) {
    const place = after === undefined ? beginning(from) : readPlace(after, asPlace);
    const { since, skip } = place;
    const filters = [{ field: 'lastUpdatedAt', operator: '$gte', value: since }];
    const asked = await client.get('reservation', '/v1/reservations', {
      filters: JSON.stringify(filters),
      sort: 'lastUpdatedAt',
      limit: LIMIT,
      skip,
      fields: RESERVATION_FIELDS,
    });
    if (!asked) throw fault('PROVIDER_API_FAILED', { details: { provider: 'guesty' } });
    const answers = answersIn(asked, reservations);
    const done = place.done + answers.length;
    const last = answers.at(-1)?.changedAt;
    if (answers.length < LIMIT || last === undefined || last > to)
      return { answers, progress: { done } };
    const lastAt = new Date(last).toISOString();
    const next: ReservationsCursor =
      lastAt === since
        ? { since, skip: skip + answers.length - OVERLAP, done }
        : { since: lastAt, skip: 0, done };
    return { answers, next: writePlace(next), progress: { done } };
  },
});

const beginning = (from: number): ReservationsCursor => ({
  since: new Date(Math.max(0, from)).toISOString(),
  skip: 0,
  done: 0,
});

const asPlace = (value: unknown): ReservationsCursor | undefined => {
  const object = objectOf(value);
  const since = text(object?.['since']);
  const [skip, done] = [whole(object?.['skip']), whole(object?.['done'])];
  if (since === undefined || Number.isNaN(Date.parse(since))) return undefined;
  return skip !== undefined && done !== undefined ? { since, skip, done } : undefined;
};
