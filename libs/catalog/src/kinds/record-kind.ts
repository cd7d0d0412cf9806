import type { JsonObject } from '#libs/kernel';
import type { FieldValue } from '#libs/ports/documents';

import type { PersonReading, PhoneHash } from './kind-definition.js';
import type { RecordSection, SectionSetting } from './record-section.js';
import type { FactReading } from './statement.js';
import type { ValueDescriptors } from './values.js';

/** The values of a state to code that knows no kind. */
export type FlatValues = Readonly<Record<string, unknown>>;

/** Whom a record is about, as its kind says. */
export interface RecordSubject<Named extends string> {
  readonly kind: Named;
  /** By the provider's own id; missing where it does not say. */
  readonly id: string | undefined;
  readonly phones: readonly string[];
  readonly isAnonymous: boolean;
}

/** One kind of record, for code that keeps, lists and shows records. A state is plain JSON to them. */
export interface DefinedKind<Name extends string, Named extends string> {
  readonly name: Name;
  readonly values: ValueDescriptors;

  /** Which facts change its records. */
  readonly from: readonly FactReading[];

  /** What lists can be filtered and sorted by; every adapter makes its indexes from it. */
  readonly fields: readonly string[];

  /** Fields that hold the id of another record: see `KindParts.names`. */
  readonly names: Readonly<Record<string, Named>>;

  /** Other values that hold ids of other records: see `KindDefinition.namesInside`. */
  readonly namesInside: Readonly<Record<string, readonly Named[]>>;

  /** Members of its view that repeat other kinds: see `KindDefinition.repeats`. */
  readonly repeats: Readonly<Record<string, Named>>;

  /** A value for each declared field the record has. `deleted` is 0 or 1: lists show what is 0. */
  fieldsOf(state: JsonObject): Readonly<Record<string, FieldValue>>;

  /** Deleted at its source: out of lists and search, still there for those who know its id. */
  isGone(state: JsonObject): boolean;

  /** What people call it; its id where nothing better is known. */
  nameOf(state: JsonObject): string;

  /** The record as people read it. */
  view(state: JsonObject): JsonObject;

  /** What search reads of it; nothing once it is gone, or where its kind is not searched. */
  sectionsOf(state: JsonObject, setting: SectionSetting): readonly RecordSection[];

  /** By which field it names the thread or talk that it is part of, and of which kind the head of that is. */
  readonly partOf: { readonly field: string; readonly kind: Name | Named } | undefined;

  /** Every record whose id stands in it, as `kind/id`. */
  namedIn(state: JsonObject): readonly string[];

  /** Principals who may read it. */
  audienceOf(state: JsonObject): readonly string[];

  /** Its kind names no audience: all of the staff may read each of its records. */
  readonly isForAllStaff: boolean;

  /** Records, as `kind/id`, whose words stand in it too: see `KindParts.cites`. */
  citedIn(state: JsonObject): readonly string[];

  /** The stream of its own facts. */
  streamOf(state: JsonObject): string;

  /** Phone numbers its scope is made of, in the clear: to be hashed by who holds the key. */
  phonesOf(state: JsonObject): readonly string[];

  /** What it is about, as ids nobody can turn back. */
  scopeOf(state: JsonObject, phoneHash: PhoneHash): readonly string[];

  readonly person: PersonReading<FlatValues> | undefined;
  readonly companyLine: PersonReading<FlatValues> | undefined;

  /** Missing: its records are about nobody. */
  subjectOf: ((state: JsonObject) => RecordSubject<Named>) | undefined;
}
