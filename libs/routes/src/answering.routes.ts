import { z } from 'zod';

import { isoTime, oneOf, pageOf } from './answers.js';
import { listQuery, word } from './queries.js';
import { defineRoute, type RouteAnswer, type RouteEvent, type RouteItem } from './route.js';

const recordName = z
  .string()
  .regex(/^[a-z_]+\/.+$/)
  .max(512)
  .meta({ description: '`listing/guesty.main.65f1c0ffee`' });

const citation = z.object({
  record: z.string(),
  path: z.string().optional(),
  name: z.string(),
  quote: z.string(),
  link: z.string(),
});

const choice = z.object({ id: z.string(), name: z.string() });

const answerShown = z.object({
  id: z.string(),
  conversation: z.string(),
  question: z.string(),
  askedAt: isoTime,
  outcome: oneOf(['answered', 'abstained', 'asked_back', 'withdrawn', 'open']),
  abstained: z.boolean(),
  answer: z.string(),
  way: oneOf(['extractive', 'records', 'history', 'model']).optional(),
  language: z.string(),
  citations: z.array(citation),
  choices: z.array(choice),
  count: z.int().optional(),
  rating: oneOf(['up', 'down']).optional(),
});

export const asking = z.strictObject({
  text: z.string().trim().min(1).max(4000),
  conversation: z.string().max(64).optional(),
  as: z.string().min(1).max(256).optional().meta({ description: 'A principal; takes an admin.' }),
  about: z.array(recordName).min(1).max(8).optional(),
});
export type AskedQuestionBody = z.output<typeof asking>;

export const ask = defineRoute({
  method: 'post',
  path: '/api/questions',
  group: 'Questions',
  does: 'Answers a question from what the asker may read, with its sources',
  says: 'With `conversation` it goes on with a dialogue. Where the answer is a question back, `choices` says what it may be about: send one as `about`, or its name as `text`. With an `Idempotency-Key` a repeated request gets the same answer. `as` asks with the rights of another principal, and is logged. With `Accept: text/event-stream` the answer grows: each `sentence` comes once it is whole and checked, `answer` is the last event, and a `problem` takes its place if it fails.',
  role: 'viewer',
  body: asking,
  answers: answerShown,
  events: {
    sources: z.object({ citations: z.array(citation) }),
    sentence: z.object({ text: z.string() }),
  },
});
export type AnswerEvent = RouteEvent<typeof ask>;
export type AnswerDocument = RouteAnswer<typeof ask>;

export const showQuestion = defineRoute({
  method: 'get',
  path: '/api/questions/:id',
  group: 'Questions',
  does: 'A question of the asker with its answer, as far as its sources may still be read',
  role: 'viewer',
  answers: answerShown,
});

export const rating = z.strictObject({
  rating: z.enum(['up', 'down']),
  comment: z.string().trim().min(1).max(2000).optional(),
});
export type RatingBody = z.output<typeof rating>;

export const rate = defineRoute({
  method: 'post',
  path: '/api/questions/:id/rating',
  group: 'Questions',
  does: 'Says whether an answer helped; the latest rating holds',
  role: 'viewer',
  body: rating,
  answers: answerShown,
});

export const dialoguesQuery = listQuery({
  text: word('Only those with a question that holds these words.'),
});
export type DialoguesQuery = z.output<typeof dialoguesQuery>;

export const listDialogues = defineRoute({
  method: 'get',
  path: '/api/dialogues',
  group: 'Questions',
  does: 'Dialogues of the asker, the one used last first',
  role: 'viewer',
  query: dialoguesQuery,
  answers: pageOf(
    z.object({
      id: z.string(),
      title: z.string(),
      archived: z.boolean(),
      lastAskedAt: isoTime,
    }),
  ),
});
export type DialogueListed = RouteItem<typeof listDialogues>;

const dialogueShown = z.object({
  id: z.string(),
  title: z.string(),
  archived: z.boolean(),
  questions: z.array(answerShown),
});

export const showDialogue = defineRoute({
  method: 'get',
  path: '/api/dialogues/:id',
  group: 'Questions',
  does: 'A dialogue of the asker, question by question',
  role: 'viewer',
  answers: dialogueShown,
});
export type DialogueAnswer = RouteAnswer<typeof showDialogue>;

export const titling = z.strictObject({ title: z.string().trim().min(1).max(200) });
export type TitlingBody = z.output<typeof titling>;

export const renameDialogue = defineRoute({
  method: 'post',
  path: '/api/dialogues/:id/title',
  group: 'Questions',
  does: 'Gives a dialogue another title',
  role: 'viewer',
  body: titling,
  answers: dialogueShown,
});

export const archiveDialogue = defineRoute({
  method: 'post',
  path: '/api/dialogues/:id/archive',
  group: 'Questions',
  does: 'Puts a dialogue away: it takes no more questions',
  role: 'viewer',
  answers: dialogueShown,
});
