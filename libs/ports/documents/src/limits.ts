import { fault } from '#libs/kernel';

import type { Collection, FieldValue, NewDocument } from './documents.port.js';

/** Body and bytes together: the smallest limit of any store behind the port, with room for its frame. */
export const DOCUMENT_LIMIT = 900 * 1024;

/** An id, and the text of a declared field, in bytes: Firestore indexes no more than 1,500. */
export const KEY_LIMIT = 1024;

const encoder = new TextEncoder();

/** Most texts are far below a limit: three bytes a character bounds them without encoding. */
const isLonger = (text: string, limit: number): boolean =>
  text.length * 3 > limit && encoder.encode(text).length > limit;

/**
 * The body as every adapter keeps it: JSON text, because a database's own number types would change
 * numbers. A tombstone has none. Throws when the document would not fit into every store.
 */
export const storedBody = (document: NewDocument): string | null => {
  if (isLonger(document.id, KEY_LIMIT)) throw tooLarge('id');
  const text = document.body === null ? null : JSON.stringify(document.body);
  const room = DOCUMENT_LIMIT - (document.bytes?.length ?? 0);
  if (isLonger(text ?? '', room) || room < 0) throw tooLarge('document');
  return text;
};

const tooLarge = (part: string) => fault('DOCUMENT_TOO_LARGE', { details: { part } });

/** Fields in the order they are declared; `null` where the document has none. */
export const storedFields = (
  { name, fields }: Collection,
  given: NewDocument['fields'] = {},
): (FieldValue | null)[] => {
  for (const field in given) {
    if (!fields.includes(field)) throw unknownField(name, field);
    const value = given[field];
    if (typeof value === 'string' && isLonger(value, KEY_LIMIT)) throw tooLarge('field');
  }
  return fields.map((field) => given[field] ?? null);
};

export const unknownField = (collection: string, field: string) =>
  fault('DOCUMENTS_FIELD_UNKNOWN', { details: { collection, field } });

const NAME = /^[a-z][a-z0-9_]*$/;
const FIELD = /^[A-Za-z][A-Za-z0-9_]*$/;

/** Names become names of tables, columns and indexes: a wrong one is a mistake of our code. */
export const assertDeclared = ({ name, fields, orderedBy }: Collection): void => {
  const isOrderKnown = orderedBy === undefined || fields.includes(orderedBy);
  if (!NAME.test(name) || !fields.every((field) => FIELD.test(field)) || !isOrderKnown)
    throw fault('DEFECT_UNKNOWN', { details: { collection: name } });
};

/** The indexes of a collection, each as its fields; the id comes last in every one. */
export const indexesOf = ({ fields, orderedBy }: Collection): readonly (readonly string[])[] =>
  fields.map((field) =>
    orderedBy === undefined || field === orderedBy ? [field] : [field, orderedBy],
  );
