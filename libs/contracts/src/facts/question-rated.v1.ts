import { z } from 'zod';

import { defineFact } from '../fact.js';
import { questionId } from './question-parts.js';

const data = z.strictObject({
  question: questionId,
  rating: z.enum(['up', 'down']),
  /** Who says so, as a principal; missing: the asker. In a room everybody who reads an answer may rate it. */
  rater: z.string().optional(),
});

const personal = z.strictObject({ comment: z.string().optional() });

/** Somebody said whether the answer helped. The latest rating of each person holds. */
export const questionRatedV1 = defineFact({
  type: 'answering.question.rated.v1',
  kind: 'decided',
  data,
  personal,
});
export type QuestionRatedV1 = z.infer<typeof data>;
export type QuestionRatedV1Personal = z.infer<typeof personal>;
