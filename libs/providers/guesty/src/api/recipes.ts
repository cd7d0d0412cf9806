import type { Recipe, TimeRange } from '#libs/ports/provider';

import { calendarId, calendarOf } from './calendar.js';
import type { GuestyClient, GuestyQuery } from './client.js';
import { conversationsRecipe } from './conversations-recipe.js';
import { guests, GUEST_FIELDS, listings, LISTING_FIELDS, reviews } from './entities.js';
import { recipeOfList, type GuestyWholeList } from './list-recipe.js';
import { taskOf } from './look-ups.js';
import { recipeOneByOne, type OneByOne } from './one-by-one.js';
import { reservationsRecipe } from './reservations-recipe.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Left to itself this list shows only what is active and listed, and the rest looks deleted. */
const EVERY_LISTING = JSON.stringify(
  ['active', 'pmsActive', 'listed'].map((field) => ({
    field,
    operator: '$in',
    value: [true, false],
  })),
);
const listingsWith = (fields: string) => ({
  listed: listings,
  url: '/v1/listings',
  query: (): GuestyQuery => ({ filters: EVERY_LISTING, sort: '_id', fields }),
});

const listingsInWhole: GuestyWholeList = {
  name: 'listings',
  ...listingsWith(LISTING_FIELDS),
  by: 'nothing',
  passes: [{ everyMs: 6 * HOUR, reachMs: 0 }],
};

const guestsInWhole: GuestyWholeList = {
  name: 'guests',
  listed: guests,
  url: '/v1/guests-crud',
  query: () => ({ columns: GUEST_FIELDS, sort: '_id' }),
  by: 'nothing',
  passes: [{ everyMs: DAY, reachMs: 0 }],
};

const dayOf = (ms: number): string => new Date(Math.max(0, ms)).toISOString().slice(0, 10);

const changedReviews: GuestyWholeList = {
  name: 'reviews',
  listed: reviews,
  url: '/v1/reviews',
  // By day, so that the first and the last one are whole.
  query: ({ from, to }) => ({ startDate: dayOf(from), endDate: dayOf(to + DAY) }),
  by: 'change',
  // No event announces a review, so it comes in here.
  passes: [{ everyMs: HOUR, reachMs: 2 * DAY }],
};

const tasks: OneByOne = {
  name: 'tasks',
  entity: 'task',
  listed: { entity: 'task', path: ['results'] },
  url: '/v1/tasks-open-api/tasks',
  query: () => ({ columns: '_id', sort: '_id' }),
  each: taskOf,
  by: 'nothing',
  passes: [{ everyMs: DAY, reachMs: 0 }],
};

/** The days ahead that are sold; what lies behind is not changed any more. */
const AHEAD = 365 * DAY;
const calendars: OneByOne = {
  name: 'calendars',
  entity: 'calendar',
  ...listingsWith('_id'),
  each: (client, listing, { to }: TimeRange) =>
    calendarOf(client, calendarId(listing, dayOf(to - DAY), dayOf(to + AHEAD))),
  by: 'nothing',
  passes: [{ everyMs: DAY, reachMs: 0 }],
};

/** What others speak of comes first. */
export const recipesAt = (client: GuestyClient): readonly Recipe[] => [
  recipeOfList(client, listingsInWhole),
  recipeOfList(client, guestsInWhole),
  reservationsRecipe(client),
  conversationsRecipe(client),
  recipeOfList(client, changedReviews),
  recipeOneByOne(client, tasks),
  recipeOneByOne(client, calendars),
];
