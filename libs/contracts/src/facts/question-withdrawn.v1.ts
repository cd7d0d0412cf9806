import { z } from 'zod';

import { defineFact } from '../fact.js';
import { questionId } from './question-parts.js';

const data = z.strictObject({
  question: questionId,
  /** `deleted`: the message that asked it is gone. `edited`: it asks something else now. */
  reason: z.enum(['deleted', 'edited']),
});

/** Its asker took a question back: neither it nor its answer is shown or used any more. */
export const questionWithdrawnV1 = defineFact({
  type: 'answering.question.withdrawn.v1',
  kind: 'decided',
  data,
});
export type QuestionWithdrawnV1 = z.infer<typeof data>;
