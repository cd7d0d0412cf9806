import { z } from 'zod';

import { defineFact } from '../fact.js';
import { citation, questionId, quotes } from './question-parts.js';

const data = z.strictObject({
  question: questionId,
  /**
   * `extractive`: sentences of the sources. `records`: counted or read from records. `history`: read from the log.
   * `model`: put into words by a language model, each statement checked against its sources.
   */
  way: z.string(),
  /** Of the answer, ISO 639-1. */
  language: z.string().optional(),
  citations: z.array(citation),
  /** For what is counted: how many, which may be more than are cited. */
  count: z.int().optional(),
  /** The language model that was asked, as its provider calls it, and the tokens it was charged for. */
  model: z
    .strictObject({ name: z.string(), inputTokens: z.int(), outputTokens: z.int() })
    .optional(),
});

const personal = z.strictObject({ answer: z.string(), quotes });

/** A question was answered, with what the answer rests on. */
export const questionAnsweredV1 = defineFact({
  type: 'answering.question.answered.v1',
  kind: 'decided',
  data,
  personal,
});
export type QuestionAnsweredV1 = z.infer<typeof data>;
export type QuestionAnsweredV1Personal = z.infer<typeof personal>;
