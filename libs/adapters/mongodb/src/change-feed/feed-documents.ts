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
  /** With exact types an object that is a number. */
  readonly size: number | BSON.Int32;
  readonly key: { readonly _id: unknown };
  /** Missing where it is much too large. */
  readonly document?: Document;
}

/** The bytes of one answer as what was read. One that cannot be decoded harms no other. */
export const readOf = (bytes: Uint8Array): DocumentRead => {
  const exact = unlessBroken(() => BSON.deserialize(bytes, EXACT) as FoundDocument);
  const id = exact?.key._id;
  // As they are in each way of decoding, so almost every document is decoded once.
  const isPlain = typeof id === 'string' || id instanceof BSON.ObjectId;
  const { size, key: named } =
    exact && isPlain ? exact : (BSON.deserialize(bytes, LENIENT) as FoundDocument);
  const key = keyOfId(named._id);
  if (!exact || isShuffled(named._id)) return { key, unreadable: true };
  if (!exact.document) return { key, tooLarge: Number(size) };
  const document = extended(exact.document);
  if (!document) return { key, unreadable: true };
  if (Number(size) * MOST_GROWTH <= LARGEST_DOCUMENT) return { key, document };
  const length = Buffer.byteLength(JSON.stringify(document));
  return length > LARGEST_DOCUMENT ? { key, tooLarge: length } : { key, document };
};

/** Extended JSON is at most this many times its BSON; the worst are unnamed fields whose type is all they say. */
export const MOST_GROWTH = 16;

const LENIENT: BSON.DeserializeOptions = { validation: { utf8: false } };
/** Nothing changes its type on the way: 1.0 stays a double. */
const EXACT: BSON.DeserializeOptions = { promoteValues: false, bsonRegExp: true };

const extended = (document: Document): JsonObject | undefined => {
  const json = unlessBroken(() => EJSON.serialize(document, { relaxed: false }));
  return json && isDeeper(json, DEEPEST) ? undefined : json;
};

const unlessBroken = <T>(decode: () => T): T | undefined => {
  try {
    return decode();
  } catch (error) {
    if (error instanceof BSON.BSONError) return undefined;
    throw error;
  }
};

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)));
