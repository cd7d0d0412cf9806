import { z } from 'zod';

import { isoTime, pageOf } from './answers.js';
import { listQuery, word } from './queries.js';
import { defineRoute } from './route.js';

const group = 'Dead letters';

const letterShown = z.object({
  id: z.string(),
  subscription: z.string(),
  code: z.string(),
  attempts: z.int(),
  buriedAt: isoTime,
  bytes: z.int(),
  attributes: z.record(z.string(), z.string()),
});
export type LetterAnswer = z.output<typeof letterShown>;

export const letterQuery = listQuery({
  subscription: word('Only those of this subscription.'),
});
export type LetterListQuery = z.output<typeof letterQuery>;

export const listLetters = defineRoute({
  method: 'get',
  path: '/api/dead',
  group,
  does: 'Messages that no handler could handle, newest first; their bytes stay sealed',
  role: 'viewer',
  query: letterQuery,
  answers: pageOf(letterShown),
});

export const showLetter = defineRoute({
  method: 'get',
  path: '/api/dead/:id',
  group,
  does: 'One of them, with its cause',
  role: 'viewer',
  answers: letterShown,
});

export const redriving = z.strictObject({ subscription: z.string().min(1).optional() }).default({});
export type AskedRedriving = z.output<typeof redriving>;

export const redriveAllLetters = defineRoute({
  method: 'post',
  path: '/api/dead/redrive',
  group,
  does: 'Sends all of them to their subscriptions once more',
  says: 'With `{ "subscription" }` only those of one.',
  role: 'operator',
  body: redriving,
  answers: z.object({ redriven: z.int() }),
});

export const redriveLetter = defineRoute({
  method: 'post',
  path: '/api/dead/:id/redrive',
  group,
  does: 'Sends it to its subscription again',
  role: 'operator',
});

export const dropLetter = defineRoute({
  method: 'delete',
  path: '/api/dead/:id',
  group,
  does: 'Forgets it for good, its key too',
  role: 'operator',
});
