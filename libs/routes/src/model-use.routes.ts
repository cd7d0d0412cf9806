import { z } from 'zod';

import { word } from './queries.js';
import { defineRoute, type RouteAnswer } from './route.js';

export const modelUseQuery = z.strictObject({
  day: z.iso.date().optional().meta({ description: 'A day of the company; today where missing.' }),
  person: word('Only this person, by the name that the token or the chat has.'),
});
export type ModelUseQuery = z.output<typeof modelUseQuery>;

const used = z.object({
  answers: z.int(),
  inputTokens: z.int(),
  cachedTokens: z.int(),
  outputTokens: z.int(),
  cents: z.number(),
  left: z.object({ answers: z.int().optional(), tokens: z.int(), cents: z.number() }),
});

export const showModelUse = defineRoute({
  method: 'get',
  path: '/api/model-use',
  group: 'Questions',
  does: 'What the language model was used for on a day, in all, by person and by room, and what is left of each budget',
  says: 'People and rooms stand as keyed hashes. With `person` only that person is shown, also without any use. `all` has no limit of answers. Days are kept for 40 days.',
  role: 'operator',
  query: modelUseQuery,
  answers: z.object({
    day: z.iso.date(),
    all: used,
    people: z.array(used.extend({ person: z.string() })),
    rooms: z.array(used.extend({ room: z.string() })),
  }),
});
export type ModelUseAnswer = RouteAnswer<typeof showModelUse>;
export type UseShown = z.output<typeof used>;
