import { Binary } from 'mongodb';

import type { Json } from '#libs/kernel';
import {
  storedBody,
  storedFields,
  type Collection,
  type FieldValue,
  type NewDocument,
  type StoredDocument,
} from '#libs/ports/documents';

/** Short names: they are stored with every document. */
export interface MongoDocument {
  readonly _id: string;
  /** JSON text, because BSON has number types of its own; `null` is a tombstone. */
  readonly b: string | null;
  /** Missing where it was not asked for. */
  readonly x?: Binary | null;
  /** Declared fields as they are, for the indexes. */
  readonly f: Readonly<Record<string, FieldValue>>;
  /** Expiry, a date for the index that removes. */
  readonly t: Date | null;
  readonly e: number | null;
  readonly p: number | null;
  readonly v: number;
}

export type MongoContent = Pick<MongoDocument, 'b' | 'x' | 'f' | 't'>;

/** Throws before anything is sent when the document does not fit. */
export const contentOf = (collection: Collection, document: NewDocument): MongoContent => {
  const values = storedFields(collection, document.fields);
  const f: Record<string, FieldValue> = {};
  collection.fields.forEach((field, i) => {
    const value = values[i];
    if (value !== null && value !== undefined) f[field] = value;
  });
  return {
    b: storedBody(document),
    x: document.bytes === undefined ? null : new Binary(document.bytes),
    f,
    t: document.expiresAt === undefined ? null : new Date(document.expiresAt),
  };
};

export const documentOf = (
  { fields }: Collection,
  { _id, b, x, f, t, e, p, v }: MongoDocument,
): StoredDocument => ({
  id: _id,
  body: JSON.parse(b ?? 'null') as Json,
  version: v,
  ...(fields.length > 0 && { fields: f }),
  ...(x && { bytes: new Uint8Array(x.value()) }),
  ...(t !== null && { expiresAt: t.getTime() }),
  ...(e !== null && p !== null && { fence: { era: e, position: p } }),
});

export const isExpired = ({ t }: Pick<MongoDocument, 't'>, now: number): boolean =>
  t !== null && t.getTime() <= now;

/** By the reader's clock: the index that removes what has expired runs at leisure, by the server's. */
export const notExpired = (now: number) => ({
  $or: [{ t: null }, { t: { $gt: new Date(now) } }],
});

export const visible = (now: number) => ({ b: { $ne: null }, ...notExpired(now) });
