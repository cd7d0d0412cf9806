import type { RecordInUnit, RecordUnit } from '#libs/catalog';

import { supersetOf } from '#libs/kernel';

import { passageSizes } from './cut-passages.js';
import type { SectionText, UnitText } from './passage.js';
import type { UnitTextParts } from './record-reading.js';
import { inOrder, turnOf, windowsOf, type ThreadTurn, type WindowSizes } from './thread-windows.js';

export const windowSizes: WindowSizes = {
  target: 100,
  most: passageSizes.most,
  overlap: 40,
};

type UnitRecords = Pick<RecordUnit, 'unit' | 'kind' | 'records'>;

/** The text of a unit, by what its records say now. */
export const unitText = (unit: RecordUnit, parts: UnitTextParts): UnitText =>
  textOf(unit, parts, (turns) => windowsOf(turns, windowSizes));

/** As `unitText`, of the records of one of its passages alone: messages among them are one window. */
export const textOfMembers = (unit: UnitRecords, parts: UnitTextParts): UnitText =>
  textOf(unit, parts, (turns) => (turns.length === 0 ? [] : [turns]));

const textOf = (
  { kind, records: all, unit }: UnitRecords,
  parts: UnitTextParts,
  windows: (turns: readonly ThreadTurn[]) => readonly (readonly ThreadTurn[])[],
): UnitText => {
  const { excludedKinds, reading, setting } = parts;
  const records = all.filter(
    (record) => !excludedKinds.has(record.kind) && !reading.isGone(record.kind, record.state),
  );
  const own = records.find((record) => nameOfRecord(record) === unit);
  const sectionsOf = (record: RecordInUnit) =>
    reading.sectionsOf(record.kind, record.state, setting);
  const isTurn = (record: RecordInUnit): boolean => reading.isMessage(record.kind);
  const turns = records
    .filter(isTurn)
    .flatMap((record) => turnOf(record, sectionsOf(record)) ?? []);
  // A message by itself is called what it says: a title with its own words again helps nobody.
  const head = own && !isTurn(own) ? own : undefined;
  return {
    unit,
    kind,
    name: head ? reading.nameOf(head.kind, head.state) : '',
    sections: [
      ...(head
        ? sectionsOf(head).map((section) => ({ ...section, ...readBy([head], parts, unit) }))
        : []),
      ...windows(inOrder(turns)).map((window) => windowText(window, head, parts, unit)),
    ],
    ...readBy(records, parts, unit),
  };
};

export const nameOfRecord = ({ id, kind }: Pick<RecordInUnit, 'id' | 'kind'>): string =>
  `${kind}/${id}`;

/** Named after its first message: that one stays its first when others come. */
const windowText = (
  window: readonly ThreadTurn[],
  head: RecordInUnit | undefined,
  parts: UnitTextParts,
  unit: string,
): SectionText => {
  const times = window.flatMap(({ at }) => at ?? []);
  const [first] = window;
  return {
    path: first ? nameOfRecord(first.record) : '',
    text: window.map(({ text }) => text).join('\n\n'),
    isWhole: true,
    ...readBy([...(head ? [head] : []), ...window.map(({ record }) => record)], parts, unit),
    ...(times.length > 0 && { from: Math.min(...times), to: Math.max(...times) }),
  };
};

const readBy = (
  records: readonly RecordInUnit[],
  { reading }: UnitTextParts,
  unit: string,
): Required<Pick<SectionText, 'audience' | 'records' | 'scope'>> => ({
  records: records.map(nameOfRecord),
  scope: scopeIn(records, reading, unit),
  // Who may read all of them may read each. Whether the asker may is asked of each record again.
  audience: supersetOf(records.map(({ kind, state }) => reading.audienceOf(kind, state))),
});

/**
 * Itself, and every record that its records name. What a thread is about as a whole counts where its messages do not
 * say: of two homes in one talk, a message is about the one it names.
 */
const scopeIn = (
  records: readonly RecordInUnit[],
  reading: UnitTextParts['reading'],
  unit: string,
): readonly string[] => {
  const scope = new Set([unit]);
  const messages = records.filter(({ kind }) => reading.isMessage(kind));
  const kinds = new Set<string>();
  for (const { kind, state } of messages)
    for (const name of reading.namedIn(kind, state)) {
      scope.add(name);
      kinds.add(kindIn(name));
    }
  for (const record of records) {
    scope.add(nameOfRecord(record));
    for (const id of reading.scopeOf(record.kind, record.state)) scope.add(id);
    if (reading.isMessage(record.kind)) continue;
    for (const name of reading.namedIn(record.kind, record.state))
      if (!kinds.has(kindIn(name))) scope.add(name);
  }
  return [...scope].sort();
};

const kindIn = (name: string): string => name.slice(0, name.indexOf('/'));
