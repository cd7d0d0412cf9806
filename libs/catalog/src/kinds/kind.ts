import type { Json, JsonObject } from '#libs/kernel';
import type { FieldValue } from '#libs/ports/documents';

import { changedAt, type KindName, type RecordState } from '../merge/record-state.js';

export type { KindName };

/** One kind of record: how it is listed, read, and who may read it. All of it pure. */
export interface Kind {
  readonly name: KindName;

  /** What lists can be filtered and sorted by; every adapter makes its indexes from it. */
  readonly fields: readonly string[];

  /** Of its fields, those that hold the id of another record, and of which kind that one is. */
  readonly names: Readonly<Record<string, KindName>>;

  /** See `RecordKind`. */
  readonly namesInside: Readonly<Record<string, readonly KindName[]>>;

  /** A value for each declared field the record has. */
  fieldsOf(state: RecordState): Readonly<Record<string, FieldValue>>;

  /** The record as people read it: names beside ids, times in ISO 8601, numbers in E.164. */
  view(state: RecordState): JsonObject;

  /** Principals who may read it. */
  readonly audience: readonly string[];

  /** Phone numbers it is about, in the clear: whoever holds the key turns them into scopes. */
  phonesOf(state: RecordState): readonly string[];
}

/** Filter fields that every kind has. `deleted` is 0 or 1: lists show what is 0. */
export const commonFields = ['deleted', 'source', 'updatedAt'] as const;

export const commonFieldsOf = (state: RecordState, values: JsonObject) => ({
  deleted: values.deletedAt === undefined ? 0 : 1,
  source: sourceOf(values),
  updatedAt: changedAt(state),
});

/** Those of a kind's declared fields that the record has and a list can be filtered by. */
export const declaredOf = (
  values: JsonObject,
  names: readonly string[],
): Record<string, FieldValue> => {
  const declared: Record<string, FieldValue> = {};
  for (const name of names) {
    const value = values[name];
    if (typeof value === 'string' || typeof value === 'number') declared[name] = value;
  }
  return declared;
};

/** `aircall.main.4190001001` → `aircall`. */
export const sourceOf = (values: JsonObject): string => {
  const id = idOf(values);
  return id.slice(0, id.indexOf('.'));
};

/** Every layer's newest fact says it, so it is always there. */
export const idOf = ({ id }: JsonObject): string => (typeof id === 'string' ? id : '');

export const stringOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

export const numberOf = (value: Json | undefined): number | undefined =>
  typeof value === 'number' ? value : undefined;

export const isoOf = (value: Json | undefined): string | undefined =>
  typeof value === 'number' ? new Date(value).toISOString() : undefined;

export const objectOf = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

export const itemsOf = (value: Json | undefined): readonly JsonObject[] | undefined =>
  Array.isArray(value) ? value.map(objectOf) : undefined;

/** Of the phones it lists, those whose number could be read. */
export const phonesIn = ({ phones }: JsonObject): string[] =>
  itemsOf(phones)?.flatMap(({ e164 }) => stringOf(e164) ?? []) ?? [];

/** Leaves out what is missing or empty text. */
export const shown = (fields: Readonly<Record<string, Json | undefined>>): JsonObject => {
  const kept: Record<string, Json> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined && value !== '') kept[name] = value;
  }
  return kept;
};

/** A thing elsewhere that this record is about: its id, and its name where one is known. */
export const referenceOf = (id: Json | undefined, name?: Json): JsonObject | undefined =>
  typeof id === 'string' ? shown({ id, name }) : undefined;

const SNIPPET = 80;
/** The beginning of a text, for a line in a list: never half a character. */
export const snippetOf = (value: Json | undefined): string | undefined => {
  const text = stringOf(value)?.replace(/\s+/gu, ' ').trim();
  if (text === undefined || text.length <= SNIPPET) return text || undefined;
  return `${text
    .slice(0, SNIPPET - 1)
    .toWellFormed()
    .replace(/\uFFFD$/u, '')
    .trimEnd()}…`;
};

/** Things with ids that are a field each, `comment:7`: as one list, oldest first. */
export const itemsUnder = (values: JsonObject, prefix: string): JsonObject[] | undefined => {
  const found = Object.keys(values)
    .filter((name) => name.startsWith(prefix))
    .map((name) => ({ id: name.slice(prefix.length), item: objectOf(values[name]) }));
  if (found.length === 0) return undefined;
  const timeOf = ({ item }: (typeof found)[number]): number => numberOf(item.at) ?? 0;
  return found
    .sort((a, b) => timeOf(a) - timeOf(b) || (a.id < b.id ? -1 : 1))
    .map(({ id, item: { at, ...rest } }) => shown({ at: isoOf(at), id, ...rest }));
};
