import type { RecordInUnit, RecordSection } from '#libs/catalog';
import { supersetOf } from '#libs/kernel';

import type { SectionText } from './passage.js';
import type { UnitTextParts } from './record-reading.js';

/** A record of a unit with all that its text is made of, read once. */
export interface MemberRecord {
  /** `kind/id`. */
  readonly name: string;
  readonly isMessage: boolean;
  /** What people call it. */
  readonly called: string;
  readonly sections: readonly RecordSection[];
  /** Every record that it names. */
  readonly named: readonly string[];
  readonly scope: readonly string[];
  readonly audience: readonly string[];
}

export const nameOfRecord = ({ id, kind }: Pick<RecordInUnit, 'id' | 'kind'>): string =>
  `${kind}/${id}`;

/** Nothing of a record that is gone or of a kind that nobody searches. */
export const memberRecord = (
  record: RecordInUnit,
  { excludedKinds, reading, setting }: UnitTextParts,
): MemberRecord | undefined => {
  const { kind, state } = record;
  if (excludedKinds.has(kind) || reading.isGone(kind, state)) return undefined;
  return {
    name: nameOfRecord(record),
    isMessage: reading.isMessage(kind),
    called: reading.nameOf(kind, state),
    sections: reading.sectionsOf(kind, state, setting),
    named: reading.namedIn(kind, state),
    scope: reading.scopeOf(kind, state),
    audience: [...reading.audienceOf(kind, state)].sort(),
  };
};

/** What holds for a text that comes from these records. */
export const heldBy = (
  members: readonly MemberRecord[],
): Required<Pick<SectionText, 'audience' | 'records' | 'scope'>> => ({
  records: members.map(({ name }) => name),
  scope: scopeOfAll(members),
  // Who may read all of them may read each. Whether the asker may is asked of each record again.
  audience: supersetOf(members.map(({ audience }) => audience)),
});

/**
 * Its records, and every record that they name. What a thread is about as a whole counts where its messages do not
 * say: of two homes in one talk, a message is about the one it names.
 */
const scopeOfAll = (members: readonly MemberRecord[]): readonly string[] => {
  const messages = members.filter(({ isMessage }) => isMessage);
  const said = new Set(messages.flatMap(({ named }) => named.map(kindIn)));
  const scope = new Set<string>();
  for (const { isMessage, name, named, scope: own } of members) {
    scope.add(name);
    for (const id of own) scope.add(id);
    for (const id of named) if (isMessage || !said.has(kindIn(id))) scope.add(id);
  }
  return [...scope].sort();
};

const kindIn = (name: string): string => name.slice(0, name.indexOf('/'));
