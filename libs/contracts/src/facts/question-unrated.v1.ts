import { z } from 'zod';

import { defineFact } from '../fact.js';
import { questionId } from './question-parts.js';

const data = z.strictObject({
  question: questionId,
  /** Who takes it back, as a principal; missing: the asker. */
  rater: z.string().optional(),
});

/** Somebody took back what they had said of an answer. */
export const questionUnratedV1 = defineFact({
  type: 'answering.question.unrated.v1',
  kind: 'decided',
  data,
});
export type QuestionUnratedV1 = z.infer<typeof data>;
