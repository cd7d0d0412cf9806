import { z } from 'zod';

import { isoTime, oneOf } from './answers.js';
import { yesOrNo } from './queries.js';
import { defineRoute, type RouteAnswer } from './route.js';

export const searchQuery = z.strictObject({
  text: z.string().min(1).max(2_000).meta({ description: 'What is looked for.' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(10)
    .meta({ description: 'How many at most.' }),
  as: z.string().min(1).max(256).optional().meta({ description: 'A principal; takes an admin.' }),
  explain: yesOrNo('With what each hit came to its score by, and how long each step took.'),
});
export type SearchQuery = z.output<typeof searchQuery>;

const hit = z.object({
  record: z.string(),
  records: z.array(z.string()),
  title: z.string(),
  text: z.string(),
  language: z.string(),
  from: isoTime.optional(),
  to: isoTime.optional(),
  score: z.number(),
  coverage: z.number(),
  link: z.string(),
  because: z.record(z.string(), z.number()).optional(),
});

export const search = defineRoute({
  method: 'get',
  path: '/api/search',
  group: 'Questions',
  does: 'The passages that fit best, with the records they stand in',
  says: 'It looks for one home where the text names one, and for a time where it says one. Only what you may read now is found. `as` searches with the rights of another principal, and is logged.',
  role: 'viewer',
  query: searchQuery,
  answers: z.object({
    asked: z.string(),
    scope: z.object({
      state: oneOf(['given', 'found', 'ambiguous', 'none']),
      ids: z.array(z.string()),
      choices: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
    time: z.object({ from: isoTime, to: isoTime, said: z.string() }).optional(),
    items: z.array(hit),
    languages: z.array(z.string()).optional(),
    steps: z
      .array(z.object({ step: z.string(), ms: z.number(), left: z.int().optional() }))
      .optional(),
  }),
});
export type SearchAnswer = RouteAnswer<typeof search>;
