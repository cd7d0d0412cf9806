import { entry, type CodeEntry } from './entry.js';

/** Questions and dialogues. */
export const answeringCodes = {
  ANSWERING_KEY_REUSED: entry(
    'conflict',
    'Another question was asked with this Idempotency-Key.',
    'Use a new key for a new question, or leave it out.',
  ),
  ANSWERING_DIALOGUE_ARCHIVED: entry(
    'conflict',
    'This dialogue is archived and takes no more questions.',
    'Ask without `conversation`: that begins a new dialogue.',
  ),
  ANSWERING_QUESTION_OPEN: entry(
    'conflict',
    'This question has no answer yet.',
    'Rate it when it is answered. To get the answer, send the question again with the same Idempotency-Key.',
  ),
} satisfies Record<string, CodeEntry>;
