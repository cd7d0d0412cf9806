import { MongoServerError } from 'mongodb';

import { fault, type Code } from '#libs/kernel';

import { translated, type Translation } from '../database.js';

/** Answers of a server that mean something to a follower, by their numbers. */
const MEANINGS: Readonly<Record<number, Code>> = {
  // Not allowed, or credentials refused.
  13: 'CAPTURE_FORBIDDEN',
  18: 'CAPTURE_FORBIDDEN',
  8000: 'CAPTURE_FORBIDDEN',
  // Not a replica set; a view.
  40573: 'CAPTURE_FORBIDDEN',
  166: 'CAPTURE_FORBIDDEN',
  26: 'CAPTURE_COLLECTION_GONE',
  // Fallen out of the history; ended for good; a token of another stream.
  286: 'CAPTURE_HISTORY_LOST',
  280: 'CAPTURE_HISTORY_LOST',
  260: 'CAPTURE_HISTORY_LOST',
  // A snapshot that is too old or not there yet; a time that this member has not heard of; a forgotten cursor.
  239: 'CAPTURE_UNREACHABLE',
  246: 'CAPTURE_UNREACHABLE',
  72: 'CAPTURE_UNREACHABLE',
  43: 'CAPTURE_UNREACHABLE',
};

const LOST_FOR_GOOD = 'NonResumableChangeStreamError';

/** What an error of the driver means for following. Others stay what they are: defects. */
export const feedFault = (error: unknown): unknown => {
  if (!(error instanceof MongoServerError)) return translated('CAPTURE_UNREACHABLE', error);
  const code = error.hasErrorLabel(LOST_FOR_GOOD)
    ? 'CAPTURE_HISTORY_LOST'
    : MEANINGS[Number(error.code)];
  return code ? fault(code, { cause: error }) : translated('CAPTURE_UNREACHABLE', error);
};

export const forFeeds: Translation = { unavailable: 'CAPTURE_UNREACHABLE', translate: feedFault };

/** Not a number in hexadecimal, of another type, cut off, missing, empty, of another version. */
const NO_TOKEN = new Set([9, 14, 15, 40647, 40649, 50811]);

/** A stream that begins at a place: what a server says of the place is said of our history. */
export const forStreams: Translation = {
  unavailable: 'CAPTURE_UNREACHABLE',
  translate: (error) =>
    error instanceof MongoServerError && NO_TOKEN.has(Number(error.code))
      ? fault('CAPTURE_HISTORY_LOST', { cause: error })
      : feedFault(error),
};
