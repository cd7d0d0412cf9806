import { describe, expect, it } from '@jest/globals';

import type { Json, JsonObject } from '#libs/kernel';

import { foldAll } from '../../test/folding.js';
import { frozenFacts, goldenFacts } from '../../test/sample-facts.js';
import { valuesOf } from '../merge/record-state.js';
import { filtersOf } from '../read-records/read-records.js';
import { kindNames, recordKinds, type KindName } from './index.js';
import { namersOf, namesOf } from './naming.js';

const records = [...foldAll([...goldenFacts, ...frozenFacts])].map(([name, state]) => ({
  kind: name.slice(0, name.indexOf('/')) as KindName,
  id: name.slice(name.indexOf('/') + 1),
  state,
}));

const kindsOfId = new Map<string, Set<KindName>>();
for (const { kind, id } of records)
  kindsOfId.set(id, (kindsOfId.get(id) ?? new Set<KindName>()).add(kind));

/** Every text in a value, the parts of its names too: `offer:aircall.main.910212` holds an id. */
const textsIn = (value: Json): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(textsIn);
  return Object.entries(value as JsonObject).flatMap(([name, inner]) => [
    ...name.split(':'),
    ...textsIn(inner),
  ]);
};

/** Which other records the values of a record name, each with the value that does it. */
const namingsIn = ({ kind, id, state }: (typeof records)[number]) =>
  Object.entries(valuesOf(state)).flatMap(([value, held]) =>
    textsIn({ [value]: held })
      .filter((text) => text !== id)
      .flatMap((text) => [...(kindsOfId.get(text) ?? [])])
      .filter((named) => named !== kind)
      .map((named) => ({ value, named })),
  );

const isDeclared = (kind: KindName, value: string, named: KindName): boolean => {
  const { names, namesInside, values } = recordKinds[kind];
  if (names[value] === named) return true;
  return Object.entries(namesInside).some(
    ([place, kinds]) =>
      (place === value || value.startsWith(values[place]?.prefix ?? '/')) && kinds.includes(named),
  );
};

describe('whom the records of a kind name', () => {
  it.each(kindNames)('is declared for everything that a sample of %s names', (kind) => {
    const undeclared = records
      .filter((record) => record.kind === kind)
      .flatMap(namingsIn)
      .filter(({ value, named }) => !isDeclared(kind, value, named));
    expect(undeclared).toEqual([]);
  });

  it('is found in the samples at all', () => {
    const found = new Set(records.flatMap((record) => namingsIn(record).map(() => record.kind)));
    expect([...found].sort()).toEqual([
      ...['calendar_day', 'call', 'chat_member', 'chat_message', 'chat_room', 'colleague'],
      ...['conversation', 'guest_message', 'payment'],
      ...['phone_message', 'phone_number', 'reservation', 'review', 'task'],
    ]);
  });

  it.each(kindNames)('can be asked for by an index of %s', (kind) => {
    for (const { field } of namesOf(kind)) expect(filtersOf(kind)).toContain(field);
  });

  it('is answered from the other side as well', () => {
    expect(namersOf('contact')).toEqual([
      { kind: 'call', field: 'contact' },
      { kind: 'call', field: 'participant' },
      { kind: 'phone_message', field: 'contact' },
    ]);
    expect(namersOf('guest').map(({ kind }) => kind)).toEqual([
      ...['conversation', 'guest_message', 'payment', 'reservation', 'review'],
    ]);
    expect(namersOf('notice')).toEqual([]);
  });

  it.each(records.map(({ kind, id, state }) => [`${kind}/${id}`, kind, state] as const))(
    'stands in the fields of %s',
    (_, kind, state) => {
      const fields = recordKinds[kind].fieldsOf(state);
      const values = valuesOf(state);
      for (const { field } of namesOf(kind))
        if (typeof values[field] === 'string') expect(fields[field]).toBe(values[field]);
    },
  );

  it('is a person in a list only where that person can be filtered by, too', () => {
    const people: readonly KindName[] = ['contact', 'guest'];
    const inLists = kindNames.flatMap((kind) =>
      Object.values(recordKinds[kind].namesInside)
        .flat()
        .filter((named) => people.includes(named))
        .map((named) => [kind, named] as const),
    );
    expect(inLists).not.toEqual([]);
    for (const [kind, named] of inLists)
      expect(namesOf(kind).map((naming) => naming.kind)).toContain(named);
  });

  it('is, in a call of several, the first who is not the one it is with', () => {
    const id = (of: string) => `aircall.main.${of}`;
    const participants = [
      { id: id('1'), kind: 'colleague' },
      { id: id('2'), kind: 'contact' },
      { id: id('3'), kind: 'contact' },
    ];
    const fields = (contact: string) =>
      recordKinds.call.fieldsOf({
        layers: [['000000000000001.010.001.x', { contact, id: id('9'), participants }]],
        progress: [],
      });
    expect(fields(id('2')).participant).toBe(id('3'));
    expect(fields(id('4')).participant).toBe(id('2'));
  });
});
