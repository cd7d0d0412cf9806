import type { RecordUnit } from '#libs/catalog';

import { passageSizes } from './cut-passages.js';
import { heldBy, memberRecord, type MemberRecord } from './member-record.js';
import type { SectionText, TurnStart, UnitText } from './passage.js';
import type { UnitTextParts } from './record-reading.js';
import { moved } from './text-size.js';
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
  { kind, records, unit }: UnitRecords,
  parts: UnitTextParts,
  windows: (turns: readonly ThreadTurn[]) => readonly (readonly ThreadTurn[])[],
): UnitText => {
  const members = records.flatMap((record) => memberRecord(record, parts) ?? []);
  // A message by itself is called what it says: a title with its own words again helps nobody.
  const head = members.find(({ isMessage, name }) => name === unit && !isMessage);
  const turns = members.filter(({ isMessage }) => isMessage).flatMap((one) => turnOf(one) ?? []);
  const heads = head ? [head] : [];
  const ofHead = heldBy(heads);
  return {
    unit,
    kind,
    name: head?.called ?? '',
    sections: [
      ...(head?.sections ?? []).map((section) => ({ ...section, ...ofHead })),
      ...readAlike(inOrder(turns))
        .flatMap((some) => windows(some))
        .map((window) => windowText(window, heads)),
    ],
    ...heldBy(members),
  };
};

/**
 * Turns that the same people may read, in their order. An answer may stand in another room than its thread: in one window,
 * neither room could read either.
 */
const readAlike = (turns: readonly ThreadTurn[]): readonly (readonly ThreadTurn[])[] => [
  ...Map.groupBy(turns, ({ record }) => record.audience.join('\n')).values(),
];

const BETWEEN = '\n\n';

const startsOf = (window: readonly ThreadTurn[]): readonly number[] => {
  let start = 0;
  return window.map(({ text }) => {
    const own = start;
    start += text.length + BETWEEN.length;
    return own;
  });
};

/** Named after its first message: that one stays its first when others come. */
const windowText = (window: readonly ThreadTurn[], heads: readonly MemberRecord[]): SectionText => {
  const times = window.flatMap(({ at }) => at ?? []);
  const messages = window.map(({ record }) => record);
  const starts = startsOf(window);
  const turns = messages.map(({ name }, i): TurnStart => ({ record: name, start: starts[i] ?? 0 }));
  return {
    path: messages[0]?.name ?? '',
    text: window.map(({ text }) => text).join(BETWEEN),
    isWhole: true,
    // Where the thread itself is a record, that is what an answer names.
    ...(heads.length === 0 && { turns }),
    bylines: window.flatMap((turn, i) => moved(turn.bylines, starts[i] ?? 0)),
    ...heldBy([...heads, ...messages]),
    ...(times.length > 0 && { from: Math.min(...times), to: Math.max(...times) }),
  };
};
