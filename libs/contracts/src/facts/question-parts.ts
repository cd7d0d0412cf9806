import { z } from 'zod';

/** UUID of a question; the dialogue it belongs to is its stream. */
export const questionId = z.string();

/** What an answer points to: a record as `kind/id`, and where in it. What it says stands in the record. */
export const citation = z.strictObject({
  record: z.string(),
  /** The passage of the record. Missing: the record as a whole. */
  path: z.string().optional(),
});

/** One for each citation, in order; empty where nothing is quoted. Words of a record are personal. */
export const quotes = z.array(z.string()).optional();

export type CitationData = z.infer<typeof citation>;
