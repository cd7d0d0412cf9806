import { asFault } from '#libs/kernel';
import {
  type ChangeFeed,
  type DocumentKey,
  type DocumentRead,
  type DocumentsRead,
} from '#libs/ports/change-feed';

import type { DocumentReading } from './judge-reading.js';

/** Identities of more characters belong to nobody we know. */
const LONGEST_KEY = 8 * 1024;

type Absence = DocumentReading['absence'];

/** Reads these documents. One that cannot be read is found by halves, and hinders no other. */
export const readDocuments = async (
  feed: Pick<ChangeFeed, 'read'>,
  keys: readonly DocumentKey[],
  absenceOf: (key: DocumentKey) => Absence,
): Promise<readonly DocumentReading[]> => {
  if (keys.length === 0) return [];
  try {
    return readingsOf(await feed.read(keys), absenceOf);
  } catch (thrown) {
    if (asFault(thrown).code !== 'CAPTURE_DOCUMENT_UNREADABLE') throw thrown;
  }
  const half = Math.ceil(keys.length / 2);
  if (keys.length === 1) return unreadable(feed, keys, absenceOf);
  return [
    ...(await readDocuments(feed, keys.slice(0, half), absenceOf)),
    ...(await readDocuments(feed, keys.slice(half), absenceOf)),
  ];
};

/** The moment is that of a reading that works: of nothing at all. */
const unreadable = async (
  feed: Pick<ChangeFeed, 'read'>,
  keys: readonly DocumentKey[],
  absenceOf: (key: DocumentKey) => Absence,
): Promise<readonly DocumentReading[]> => {
  const { at } = await feed.read([]);
  return keys.map((key) => ({
    key,
    at,
    unread: { code: 'CAPTURE_DOCUMENT_UNREADABLE' },
    absence: absenceOf(key),
  }));
};

export const readingsOf = (
  { at, documents }: DocumentsRead,
  absenceOf: (key: DocumentKey) => Absence,
): readonly DocumentReading[] => documents.map((read) => readingOf(read, at, absenceOf(read.key)));

const readingOf = (
  { key, document, tooLarge, unreadable: isUnreadable }: DocumentRead,
  at: DocumentReading['at'],
  absence: Absence,
): DocumentReading => {
  if (tooLarge !== undefined)
    return { key, at, unread: { code: 'LOG_FACT_TOO_LARGE', bytes: tooLarge }, absence };
  // A batch in work names each of its documents.
  if (document && key.length > LONGEST_KEY)
    return { key, at, unread: { code: 'LOG_FACT_TOO_LARGE', bytes: key.length }, absence };
  if (isUnreadable) return { key, at, unread: { code: 'CAPTURE_DOCUMENT_UNREADABLE' }, absence };
  return { key, at, ...(document && { document }), absence };
};
