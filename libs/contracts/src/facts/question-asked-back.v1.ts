import { z } from 'zod';

import { defineFact } from '../fact.js';
import { questionId } from './question-parts.js';

const data = z.strictObject({
  question: questionId,
  language: z.string().optional(),
  /** What it may be about: records as `kind/id`. */
  choices: z.array(z.string()),
});

const personal = z.strictObject({
  answer: z.string(),
  /** What the choices are called, in their order. */
  names: z.array(z.string()).optional(),
});

/** A question may be about several things, and the platform asked which one. */
export const questionAskedBackV1 = defineFact({
  type: 'answering.question.asked_back.v1',
  kind: 'decided',
  data,
  personal,
});
export type QuestionAskedBackV1 = z.infer<typeof data>;
export type QuestionAskedBackV1Personal = z.infer<typeof personal>;
