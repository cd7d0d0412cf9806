import { entry, type CodeEntry } from './entry.js';

/** Questions and dialogues, and the chat that they are asked in. */
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
  CHAT_UNAVAILABLE: entry(
    'unavailable',
    'The chat does not answer now.',
    'See whether INNKEEPER_ROCKETCHAT_URL answers from here. Questions wait and are answered when it is back.',
  ),
  CHAT_CREDENTIALS_REFUSED: entry(
    'misconfigured',
    'The chat does not know our account, or its token is gone.',
    'Make a new personal access token for the account of INNKEEPER_ROCKETCHAT_USER_ID and put it into INNKEEPER_ROCKETCHAT_AUTH_TOKEN; `npx innkeeper chat check` says whether it works.',
  ),
} satisfies Record<string, CodeEntry>;
