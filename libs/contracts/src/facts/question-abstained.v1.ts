import { z } from 'zod';

import { defineFact } from '../fact.js';
import { citation, questionId, quotes } from './question-parts.js';

const data = z.strictObject({
  question: questionId,
  language: z.string().optional(),
  /** The nearest sources, which do not answer it. */
  citations: z.array(citation),
});

const personal = z.strictObject({ answer: z.string(), quotes });

/** Nothing that the asker may read answers the question, and the platform said so. */
export const questionAbstainedV1 = defineFact({
  type: 'answering.question.abstained.v1',
  kind: 'decided',
  data,
  personal,
});
export type QuestionAbstainedV1 = z.infer<typeof data>;
export type QuestionAbstainedV1Personal = z.infer<typeof personal>;
