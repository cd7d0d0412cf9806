import type { Schemas } from '@qdrant/js-client-rest';

export type FieldSchema = Schemas['PayloadFieldSchema'];

/** Counted, never compared: such an index is smaller, and lies on the disk until somebody asks. */
const counted: FieldSchema = { type: 'integer', lookup: true, range: false, on_disk: true };

export const UNIT_FIELDS: Readonly<Record<string, FieldSchema>> = {
  stamp: 'keyword',
  records: 'keyword',
  words: 'keyword',
  passages: 'integer',
  stems: 'integer',
};
export const PASSAGE_FIELDS: Readonly<Record<string, FieldSchema>> = {
  stamp: 'keyword',
  kind: 'keyword',
  scope: 'keyword',
  audience: 'keyword',
  begins: 'integer',
  ends: 'integer',
  terms: counted,
};
export const VECTOR_FIELDS: Readonly<Record<string, FieldSchema>> = {
  id: 'keyword',
  vectored: 'bool',
};

const ALL = new Set(Object.keys({ ...UNIT_FIELDS, ...PASSAGE_FIELDS, ...VECTOR_FIELDS }));

/** Whether each collection that has this field gets an index on it. */
export const isIndexedField = (name: string): boolean => ALL.has(name);
