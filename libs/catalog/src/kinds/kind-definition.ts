import type { Json } from '#libs/kernel';
import type { FieldValue } from '#libs/ports/documents';

import type { RecordSection, SectionSetting } from './record-section.js';
import type { FactReading, When } from './statement.js';
import type { PlainValuesOf, ValueDescriptors, ValuesOf } from './values.js';

/** All there is to know of one kind of record. Pure. `values` comes first: the types of the rest follow from it. */
export interface KindDefinition<
  Name extends string,
  V extends ValueDescriptors,
  Field extends string,
  Named extends string,
  Inside extends NamesInside<V>,
> extends KindParts<ValuesOf<V>, PlainValuesOf<V>, Field, Named> {
  readonly name: Name;

  /** Everything its records hold, beside their `id`. */
  readonly values: V;

  /** Which facts change its records, and what they say of them; also facts that only mention one. */
  from(when: When<V>): readonly FactReading[];

  /**
   * Other values that hold ids of other records: in lists, in items, or where an index is not worth its price. No list
   * can be filtered by them.
   */
  readonly namesInside?: Inside;

  /**
   * Members of its view, by their path, that repeat what records of another kind say: shown to those who may read that
   * kind.
   */
  readonly repeats?: Readonly<Record<string, NamedIn<Inside>>>;
}

export type NamedIn<Inside> = [keyof Inside] extends [never]
  ? never
  : Inside[keyof Inside] extends readonly (infer Named extends string)[]
    ? Named
    : never;

/** Of which kinds the records are whose ids stand in a value. */
export type NamesInside<V extends ValueDescriptors> = {
  readonly [Value in keyof V]?: readonly string[];
};

/** What a kind says of its values. `Plain` are those that are one field each. */
export interface KindParts<Values, Plain, Field extends string, Named extends string> {
  /** What its lists can be filtered by, beside what all lists can be. Each has an index. */
  readonly fields?: readonly Field[];

  /** Fields that are no value as they are. It runs at each fold, so it is given plain values only. */
  listed?(values: Plain): Readonly<Partial<Record<Field, FieldValue>>>;

  /** When it changed at its source; the time of its newest fact unless it says so. It runs at each fold, too. */
  changedAt?(values: Plain): number | undefined;

  /**
   * Of its fields, those that hold the id of another record, and of which kind that one is. Where a value is a list
   * of ids, a field holds its first.
   */
  readonly names?: Readonly<Partial<Record<Field, Named>>>;

  /** What people call it; its id where nothing better is known. */
  nameOf?(values: Values): Json | undefined;

  /** What people read of it, in any order: names beside ids, times in ISO 8601, numbers in E.164. */
  view(values: Values): Readonly<Record<string, Json | undefined>>;

  /** What search reads of it, piece by piece; a kind without it is not searched. */
  sections?(values: Values, setting: SectionSetting): readonly RecordSection[];

  /**
   * The field that holds the record whose thread it is part of: its text is searched there, not by itself. A field that is
   * none of `names` holds the name of a talk. That is the id of a record of the same kind, the head of a thread, or of none.
   */
  readonly partOf?: Field;

  /** Principals who may read it; the whole staff unless it says so. */
  audience?(values: Values): readonly string[];

  /**
   * Records, as `kind/id`, whose words stand in it too: an erasure of one of them takes it along, with all that its
   * stream says.
   */
  cites?(values: Values): readonly string[];

  /** The stream of its facts, where that is not named after its kind and its id. */
  stream?(values: Values): string | undefined;

  /** What it is about, as ids nobody can turn back: a phone number only as its keyed hash. */
  scope?(values: Values, phoneHash: PhoneHash): readonly string[];

  /** It is about one person, whom it names and says how to reach. */
  readonly person?: PersonReading<Plain>;

  /** It is a line of the company: a number of ours identifies nobody. */
  readonly companyLine?: PersonReading<Plain>;

  /** It came from somebody or went to somebody. */
  readonly about?: SubjectReading<Plain, Field>;
}

/** The keyed hash of a phone number in E.164. */
export type PhoneHash = (e164: string) => string | undefined;

/** How a record names one person, and by what they are reached. */
export interface PersonReading<Values> {
  /** Values whose change may change whom the record is linked to. */
  readonly fields: readonly (keyof Values & string)[];
  name?(values: Values): string | undefined;
  phones?(values: Values): readonly (string | undefined)[];
  mails?(values: Values): readonly (string | undefined)[];
}

/** Whom a record came from or went to. */
export interface SubjectReading<Values, Field extends string> {
  /** The one of `names` by which its provider says who that is. */
  readonly named: Field;
  /** The numbers it came from or went to, E.164. */
  phones?(values: Values): readonly string[];
  isAnonymous?(values: Values): boolean;
}
