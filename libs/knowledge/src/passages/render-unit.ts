import type { RecordInUnit, RecordUnit } from '#libs/catalog';

import { cutPassages, passageAt, type CutParts } from './cut-passages.js';
import { nameOfRecord } from './member-record.js';
import type { Passage } from './passage.js';
import type { UnitTextParts } from './record-reading.js';
import { textOfMembers, unitText } from './unit-text.js';

export interface RenderParts extends CutParts, UnitTextParts {}

/** All passages of a unit, as its records are now. The same records always give the same passages. */
export const passagesOf = (unit: RecordUnit, parts: RenderParts): readonly Passage[] =>
  cutPassages(unitText(unit, parts), parts);

/** What an index knows of a passage. */
export interface PassageReference {
  readonly unit: string;
  readonly kind: RecordUnit['kind'];
  readonly path: string;
  /** As `kind/id`. */
  readonly records: readonly string[];
}

/**
 * The passage again, from its records as they are now: nothing where one of them is missing, or where they say it no
 * longer. Whether it is still the same, its text tells.
 */
export const passageAgain = (
  { kind, path, records: names, unit }: PassageReference,
  read: ReadonlyMap<string, RecordInUnit>,
  parts: RenderParts,
): Passage | undefined => {
  const records = names.flatMap((name) => read.get(name) ?? []);
  if (records.length < names.length) return undefined;
  const text = textOfMembers({ unit, kind, records }, parts);
  const found = passageAt(text, path, parts);
  return found && found.records.join('\n') === names.join('\n') ? found : undefined;
};

export const recordsByName = (
  records: readonly RecordInUnit[],
): ReadonlyMap<string, RecordInUnit> =>
  new Map(records.map((record) => [nameOfRecord(record), record]));
