import { z } from 'zod';

import { defineFact } from '../fact.js';
import { questionId } from './question-parts.js';

const data = z.strictObject({
  question: questionId,
  /** Who asks, as a principal: `user:` and a keyed hash. */
  asker: z.string(),
  /** The first question of its dialogue; itself, if it is that. */
  first: questionId,
  /** Its place in the dialogue, from 1 on. */
  turn: z.int(),
  /** What the asker chose it to be about: records as `kind/id`. */
  about: z.array(z.string()).optional(),
});

const personal = z.strictObject({
  text: z.string(),
  /** An admin asked with the rights of this principal. */
  as: z.string().optional(),
});

/** Somebody asked a question. */
export const questionAskedV1 = defineFact({
  type: 'answering.question.asked.v1',
  kind: 'decided',
  data,
  personal,
});
export type QuestionAskedV1 = z.infer<typeof data>;
export type QuestionAskedV1Personal = z.infer<typeof personal>;
