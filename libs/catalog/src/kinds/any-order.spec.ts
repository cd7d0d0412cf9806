import { readdirSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Fact } from '#libs/contracts';
import { canonicalJson, type Json, type JsonObject } from '#libs/kernel';

import { bytesOf, foldAll, type Records } from '../../test/folding.js';
import { answerOf, factOf, histories, reordered, sample } from '../../test/histories.js';
import { fold, stateOf, valuesOf, type RecordState } from '../merge/record-state.js';
import { changesOf, recordKinds, type Change, type KindName } from './index.js';

const stored = (records: Records): Records =>
  new Map(JSON.parse(JSON.stringify([...records])) as [string, RecordState][]);

const folder = new URL('../../../../test/fixtures/aircall/', import.meta.url);
const named = (name: string): string => name.slice(0, -'.json'.length);
const CALL = '4190001001';
const samples = [
  ...readdirSync(folder)
    .filter((name) => name.endsWith('.json') && !name.startsWith('rest.'))
    .map((name) => factOf(sample(named(name)))),
  ...(
    [
      ['call', 'call'],
      ['transcription', 'transcription'],
      ['summary', 'summary'],
      ['topics', 'topics'],
      ['sentiment', 'sentiments'],
      ['action_item', 'action_items'],
    ] as const
  ).map(([entity, name]) => answerOf(entity, CALL, sample(`rest.${name}.get`), 1789430000)),
  answerOf('user', '910212', sample('rest.users.v2.list'), 1789430000),
  answerOf('contact', '77120045', sample('rest.contacts.list'), 1789430000),
];

describe('records, folded from facts in any order', () => {
  it('are one and the same for every order and repetition of the recorded history', () => {
    const expected = bytesOf(foldAll(samples));
    fc.assert(
      fc.property(reordered(samples), (facts) => {
        expect(bytesOf(foldAll(facts))).toBe(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('are one and the same for every order and repetition of any history', () => {
    fc.assert(
      fc.property(
        histories.chain((facts) => fc.tuple(fc.constant(facts), reordered(facts))),
        ([facts, again]) => {
          expect(bytesOf(foldAll(again))).toBe(bytesOf(foldAll(facts)));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('hold what the newest fact that says a thing says of it', () => {
    fc.assert(
      fc.property(histories, (facts) => {
        for (const [name, state] of foldAll(facts))
          expect(valuesOf(state)).toEqual(expectedValues(name, facts));
      }),
      { numRuns: 100 },
    );
  });

  it('do not care whether they were stored between two facts', () => {
    fc.assert(
      fc.property(histories, (facts) => {
        let records: Records = new Map();
        for (const fact of facts) records = foldAll([fact], stored(records));
        expect(bytesOf(records)).toBe(bytesOf(foldAll(facts)));
      }),
      { numRuns: 60 },
    );
  });

  it('are written in canonical order as they are', () => {
    fc.assert(
      fc.property(histories, (facts) => {
        for (const state of foldAll(facts).values())
          expect(JSON.stringify(state)).toBe(canonicalJson(state));
      }),
      { numRuns: 60 },
    );
  });

  it('come back as the very same when a fact says nothing new', () => {
    const records = foldAll(samples);
    for (const change of samples.flatMap(changesOf)) {
      const state = stateOf(records.get(`${change.kind}/${change.id}`));
      expect(fold(state, change)).toBe(state);
    }
  });
});

describe('records of which something was erased', () => {
  it('are folded and shown without what is gone, whichever streams it was', () => {
    fc.assert(
      fc.property(histories, fc.array(fc.boolean(), { minLength: 14 }), (facts, erased) => {
        const left = facts.map((fact, i) => (erased[i] ? { ...fact, personal: undefined } : fact));
        for (const [name, state] of foldAll(left)) shownBy(name, state);
      }),
      { numRuns: 60 },
    );
  });

  it('hold nothing personal when everything was erased', () => {
    const records = foldAll(samples.map((fact) => ({ ...fact, personal: undefined })));
    const shown = [...records].map(([name, state]) => [state, shownBy(name, state)]);
    expect(JSON.stringify(shown)).not.toMatch(
      /Maya|Osei|Ines|Tom|@|https|\+44|7700|Guest|key safe|Olá|Night desk|HMXQ|land at|issued|Replace|speaking/,
    );
  });
});

const shownBy = (name: string, state: RecordState): unknown[] => {
  const kind = recordKinds[name.slice(0, name.indexOf('/')) as KindName];
  return [kind.view(state), kind.fieldsOf(state), kind.scopeOf(state, (phone) => phone)];
};

/** The same, said as plainly as can be: sort, then let each overwrite the one before. */
const expectedValues = (name: string, facts: readonly Fact[]): JsonObject => {
  const changes = facts.flatMap(changesOf).filter(({ kind, id }) => `${kind}/${id}` === name);
  let values: Record<string, Json> = {};
  for (const { fields } of sorted(changes, ({ key }) => key)) {
    if (fields.tagsAre === 'all')
      values = Object.fromEntries(Object.entries(values).filter(([of]) => !of.startsWith('tag:')));
    say(values, fields);
  }
  for (const { progress } of sorted(changes, (one) => `${one.progress?.stage}.${one.key}`))
    say(values, progress?.fields ?? {});
  return values;
};

const sorted = (changes: readonly Change[], by: (change: Change) => string): Change[] =>
  [...changes].sort((a, b) => (by(a) < by(b) ? -1 : 1));

const say = (values: Record<string, Json>, fields: Change['fields']): void => {
  for (const [field, value] of Object.entries(fields))
    if (value !== undefined && value !== null) values[field] = value;
};
