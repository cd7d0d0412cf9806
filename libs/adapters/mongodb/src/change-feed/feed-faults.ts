import { MongoServerError } from 'mongodb';

import { fault, type Code } from '#libs/kernel';

import { translated, type Translation } from '../database.js';

/** Answers of a server that mean something to a follower, by their numbers. */
const MEANINGS = new Map<number, Code>([
  // Not allowed, credentials refused; not a replica set, a view, a command that is not there.
  ...[13, 18, 8000, 40573, 166, 59].map((code) => [code, 'CAPTURE_FORBIDDEN'] as const),
  ...[26].map((code) => [code, 'CAPTURE_COLLECTION_GONE'] as const),
  // Fallen out of the history; ended for good; a token of another stream, or none at all.
  ...[286, 280, 260, 9, 14, 15, 40647, 40649, 50811].map(
    (code) => [code, 'CAPTURE_HISTORY_LOST'] as const,
  ),
  // The snapshot is too old or not there yet; a time this member has not heard of.
  ...[239, 246, 72, 43].map((code) => [code, 'CAPTURE_UNREACHABLE'] as const),
]);

const LOST_FOR_GOOD = 'NonResumableChangeStreamError';

/** What an error of the driver means for following. Others stay what they are: defects. */
export const feedFault = (error: unknown): unknown => {
  if (!(error instanceof MongoServerError)) return translated('CAPTURE_UNREACHABLE', error);
  const code = error.hasErrorLabel(LOST_FOR_GOOD)
    ? 'CAPTURE_HISTORY_LOST'
    : MEANINGS.get(Number(error.code));
  return code ? fault(code, { cause: error }) : translated('CAPTURE_UNREACHABLE', error);
};

export const forFeeds: Translation = { unavailable: 'CAPTURE_UNREACHABLE', translate: feedFault };
