import { BSON, type Document } from 'mongodb';

import type { FeedTime } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';
import { LARGEST_DOCUMENT, type DocumentKey, type DocumentRead } from '#libs/ports/change-feed';

const { EJSON } = BSON;

/** Each level of BSON may be two of Extended JSON; what carries a document is nested too. */
const DEEPEST = 56;

/**
 * The text of an identity, as the driver gives it by default: whole numbers of each type are one number, as they are
 * one identity to the database.
 */
export const keyOfId = (id: unknown): DocumentKey => EJSON.stringify(id, { relaxed: false });

export const idOfKey = (key: DocumentKey): unknown =>
  (EJSON.parse(`{"id":${key}}`, { relaxed: false }) as Document)['id'];

/** The key that a reading gives this identity: a number may come to us as another type of number. */
export const sameKey = (key: DocumentKey): DocumentKey =>
  key.includes('{"$number')
    ? keyOfId(BSON.deserialize(BSON.serialize({ id: idOfKey(key) }))['id'])
    : key;

const WHOLE = /^\d+$/;

/** An embedded identity whose names are numbers: JavaScript would put them into another order, and miss it. */
export const isShuffled = (id: unknown): boolean => {
  if (typeof id !== 'object' || id === null || Object.getPrototypeOf(id) !== Object.prototype)
    return false;
  const names = Object.keys(id);
  return (
    (names.length > 1 && names.some((name) => WHOLE.test(name))) ||
    Object.values(id).some(isShuffled)
  );
};

export const feedTimeOf = ({ t, i }: BSON.Timestamp): FeedTime => ({ t, i });

export const timestampOf = ({ t, i }: FeedTime): BSON.Timestamp => new BSON.Timestamp({ t, i });

/** What the server answers for each document of a reading. */
interface FoundDocument {
  readonly size: number;
  readonly key: { readonly _id: unknown };
  /** Missing where it is much too large. */
  readonly document?: Document;
}

/** The bytes of one answer as what was read. One that cannot be decoded harms no other. */
export const readOf = (bytes: Uint8Array): DocumentRead => {
  const { size, key: named } = BSON.deserialize(bytes, LENIENT) as FoundDocument;
  const key = keyOfId(named._id);
  const document = isShuffled(named._id) ? UNREADABLE : decoded(bytes);
  if (document === UNREADABLE) return { key, unreadable: true };
  if (!document) return { key, tooLarge: size };
  const length = Buffer.byteLength(JSON.stringify(document));
  return length > LARGEST_DOCUMENT ? { key, tooLarge: length } : { key, document };
};

const LENIENT: BSON.DeserializeOptions = { validation: { utf8: false } };
/** Nothing changes its type on the way: 1.0 stays a double. */
const EXACT: BSON.DeserializeOptions = { promoteValues: false, bsonRegExp: true };

const UNREADABLE = 'unreadable';

const decoded = (bytes: Uint8Array): JsonObject | undefined | typeof UNREADABLE => {
  try {
    const { document } = BSON.deserialize(bytes, EXACT) as FoundDocument;
    if (!document) return undefined;
    const json = EJSON.serialize(document, { relaxed: false });
    return isDeeper(json, DEEPEST) ? UNREADABLE : json;
  } catch (error) {
    if (error instanceof BSON.BSONError) return UNREADABLE;
    throw error;
  }
};

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)));
