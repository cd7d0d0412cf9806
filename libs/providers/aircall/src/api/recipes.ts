import type { Clock } from '#libs/kernel';
import type { Recipe } from '#libs/ports/provider';

import { changedContacts } from './changed-contacts.js';
import type { AircallClient } from './client.js';
import { recipeOfList, type AircallWholeList } from './list-recipe.js';
import { CALL_QUERY, INTELLIGENCE } from './look-ups.js';
import { recipeInParts, type ListInParts } from './parts-recipe.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const calls: ListInParts = {
  name: 'calls',
  path: '/v1/calls',
  query: `&${CALL_QUERY}`,
  ...{ entity: 'call', list: 'calls', wrapper: 'call' },
  by: 'start',
  partMs: DAY,
  historyMs: 182 * DAY,
  // Cost, tags, comments and the archive change without a trace long after a call: each wider pass is rarer.
  passes: [
    { everyMs: 15 * MINUTE, reachMs: 26 * HOUR },
    { everyMs: DAY, reachMs: 7 * DAY },
    { everyMs: 7 * DAY, reachMs: 30 * DAY },
  ],
  // Only of what was said is there anything to be made.
  hints: (call, id) =>
    call['status'] === 'done' && typeof call['answered_at'] === 'number'
      ? INTELLIGENCE.map((entity) => ({ entity, id }))
      : [],
};

/** All of them, for the first import and once a week; what changed meanwhile is read by another way. */
const contacts: ListInParts = {
  name: 'contacts',
  path: '/v1/contacts',
  ...{ entity: 'contact', list: 'contacts', wrapper: 'contact' },
  by: 'creation',
  partMs: 100 * 365 * DAY,
  passes: [{ everyMs: 7 * DAY, reachMs: 20 * 365 * DAY }],
};

const short = { everyMs: 6 * HOUR, reachMs: 0 };
const numbers: AircallWholeList = {
  name: 'numbers',
  path: '/v1/numbers',
  ...{ entity: 'number', list: 'numbers', wrapper: 'number' },
  passes: [short],
};
const users: AircallWholeList = {
  name: 'users',
  path: '/v2/users',
  ...{ entity: 'user', list: 'users', wrapper: 'user' },
  passes: [short],
};

export const recipesAt = (client: AircallClient, clock: Clock): readonly Recipe[] => [
  recipeOfList(client, numbers),
  recipeOfList(client, users),
  recipeInParts(client, clock, contacts),
  changedContacts(client),
  recipeInParts(client, clock, calls),
];
