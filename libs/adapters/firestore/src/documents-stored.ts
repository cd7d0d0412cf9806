import { createHash } from 'node:crypto';

import {
  FieldPath,
  Timestamp,
  type CollectionReference,
  type DocumentReference,
  type Firestore,
} from '@google-cloud/firestore';

import type { Json } from '#libs/kernel';
import {
  assertDeclared,
  storedBody,
  storedFields,
  type Collection,
  type FieldValue,
  type NewDocument,
  type StoredDocument,
} from '#libs/ports/documents';

/** A document as Firestore holds it. Everything is always there: an order leaves out what lacks its field. */
export interface FirestoreDocument {
  readonly id: string;
  /** JSON text: Firestore has number types of its own. `null` is a tombstone. */
  readonly body: string | null;
  readonly gone: boolean;
  /** Missing where it was not asked for. */
  readonly bytes?: Uint8Array | null;
  readonly fields: Readonly<Record<string, FieldValue | null>>;
  /** A timestamp, for the policy that removes. */
  readonly expiresAt: Timestamp | null;
  readonly era: number | null;
  readonly position: number | null;
  readonly version: number;
  /** Which swap wrote it, when a swap did. */
  readonly by: string | null;
}

/** All but the bytes. */
export const WITHOUT_BYTES = [
  ...['id', 'body', 'gone', 'fields', 'expiresAt'],
  ...['era', 'position', 'version', 'by'],
];

export type FirestoreContent = Omit<FirestoreDocument, 'era' | 'position' | 'version' | 'by'>;

/**
 * Every collection lies under one name (`documents`), because Firestore declares indexes and expiry by that
 * name: a new generation needs no new ones.
 */
export const referenceOf = (client: Firestore, collection: Collection): CollectionReference => {
  assertDeclared(collection);
  return client.collection('collections').doc(collection.name).collection('documents');
};

const LONGEST_NAME = 1500;

/** Any id as a name Firestore takes: no `/`, not `.` or `..` or `__x__`, at most 1,500 bytes. */
export const nameOf = (id: string): string => {
  const plain = encodeURIComponent(id.toWellFormed()).replaceAll('~', '%7E');
  if (plain.length > LONGEST_NAME) return `~${createHash('sha256').update(id).digest('hex')}`;
  if (plain === '.' || plain === '..') return plain.replaceAll('.', '%2E');
  return plain.startsWith('__') ? `%5F${plain.slice(1)}` : plain;
};

export const documentAt = (reference: CollectionReference, id: string): DocumentReference =>
  reference.doc(nameOf(id));

export const fieldPath = (field: string): FieldPath => new FieldPath('fields', field);

/** Throws before anything is sent when the document does not fit. */
export const contentOf = (collection: Collection, document: NewDocument): FirestoreContent => {
  const values = storedFields(collection, document.fields);
  const body = storedBody(document);
  return {
    id: document.id,
    body,
    gone: body === null,
    bytes: document.bytes ?? null,
    fields: Object.fromEntries(collection.fields.map((field, i) => [field, values[i] ?? null])),
    expiresAt: document.expiresAt === undefined ? null : Timestamp.fromMillis(document.expiresAt),
  };
};

export const documentOf = ({ fields }: Collection, stored: FirestoreDocument): StoredDocument => {
  const found: Record<string, FieldValue> = {};
  for (const field of fields) {
    const value = stored.fields[field];
    if (value !== null && value !== undefined) found[field] = value;
  }
  const { id, body, version, bytes, expiresAt, era, position } = stored;
  return {
    id,
    body: JSON.parse(body ?? 'null') as Json,
    version,
    ...(fields.length > 0 && { fields: found }),
    ...(bytes && { bytes: new Uint8Array(bytes) }),
    ...(expiresAt !== null && { expiresAt: expiresAt.toMillis() }),
    ...(era !== null && position !== null && { fence: { era, position } }),
  };
};

export const isExpired = ({ expiresAt }: FirestoreDocument, now: number): boolean =>
  expiresAt !== null && expiresAt.toMillis() <= now;

export const isVisible = (stored: FirestoreDocument, now: number): boolean =>
  !stored.gone && !isExpired(stored, now);
