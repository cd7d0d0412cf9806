import type { KindName, RecordSection, SectionSetting } from '#libs/catalog';
import type { JsonObject } from '#libs/kernel';

/** What the catalog knows of its kinds, handed over by the composition. */
export interface RecordReading {
  /** Nothing of a record that is gone. */
  sectionsOf(kind: KindName, state: JsonObject, setting: SectionSetting): readonly RecordSection[];

  /** What people call it. */
  nameOf(kind: KindName, state: JsonObject): string;

  /** Its records are parts of threads. */
  isMessage(kind: KindName): boolean;

  /** Every record whose id stands in it, as `kind/id`. */
  namedIn(kind: KindName, state: JsonObject): readonly string[];

  /** What else it is about, as ids nobody can turn back: phone numbers as keyed hashes. */
  scopeOf(kind: KindName, state: JsonObject): readonly string[];

  /** Principals who may read it. */
  audienceOf(kind: KindName, state: JsonObject): readonly string[];

  /** Deleted at its source. */
  isGone(kind: KindName, state: JsonObject): boolean;
}

/** What a unit's text is made with, beside its records. */
export interface UnitTextParts {
  readonly reading: RecordReading;
  readonly setting: SectionSetting;
  /** Kinds that are not searched, by setting. */
  readonly excludedKinds: ReadonlySet<string>;
}
