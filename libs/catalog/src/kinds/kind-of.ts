import type { Json, JsonObject } from '#libs/kernel';

import { changedAt, valuesOf, type RecordState } from '../merge/record-state.js';
import {
  commonFields,
  commonFieldsOf,
  declaredOf,
  idOf,
  isoOf,
  shown,
  sourceOf,
  type Kind,
  type KindName,
} from './kind.js';

/** What is a kind's own; all else is the same for every kind. */
interface OwnOfKind<Field extends string> {
  readonly name: KindName;

  /** What its lists can be filtered by, beside what all lists can be. */
  readonly fields?: readonly Field[];

  /** See `Kind.names`. Each is a field, so that whoever looks for all who name a record finds them by an index. */
  readonly names?: Readonly<Partial<Record<Field, KindName>>>;

  /** See `RecordKind.namesInside`. */
  readonly namesInside?: Readonly<Record<string, readonly KindName[]>>;

  /** Its values as the rest reads them, where it keeps several in one. */
  unpack?(values: JsonObject): JsonObject;

  /** What people call it; its id where nothing better is known. */
  nameOf?(values: JsonObject): Json | undefined;

  /** What people read of it, in any order. */
  show(values: JsonObject): Readonly<Record<string, Json | undefined>>;

  /** Phone numbers it is about, E.164; none unless it says so. */
  phonesOf?(values: JsonObject): readonly string[];
}

export const kindOf = <Field extends string>(own: OwnOfKind<Field>): Kind => {
  const { name, fields = [], names = {}, namesInside = {} } = own;
  const valuesIn = (state: RecordState): JsonObject => {
    const values = valuesOf(state);
    return own.unpack?.(values) ?? values;
  };
  return {
    name,
    fields: [...commonFields, ...fields],
    audience: ['staff'],
    names,
    namesInside,

    fieldsOf(state) {
      const values = valuesIn(state);
      return { ...declaredOf(values, fields), ...commonFieldsOf(state, values) };
    },

    view(state) {
      const values = valuesIn(state);
      const id = idOf(values);
      return inOrder({
        ...own.show(values),
        deleted: values.deletedAt !== undefined,
        deletedAt: isoOf(values.deletedAt),
        displayName: own.nameOf?.(values) ?? id,
        id,
        kind: name,
        source: sourceOf(values),
        updatedAt: isoOf(changedAt(state)),
      });
    },

    phonesOf: (state) => own.phonesOf?.(valuesIn(state)) ?? [],
  };
};

/** One order for every kind: two records are compared by eye, and by their bytes. */
const inOrder = (fields: Readonly<Record<string, Json | undefined>>): JsonObject =>
  shown(Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))));
