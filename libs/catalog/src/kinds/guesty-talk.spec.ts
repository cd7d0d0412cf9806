import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { canonicalJson } from '#libs/kernel';

import { bytesOf, foldAll, type Records } from '../../test/folding.js';
import { envelopes, talk, type Word } from '../../test/guesty-talk.js';
import { reordered } from '../../test/histories.js';
import type { RecordState } from '../merge/record-state.js';
import { recordKinds, type KindName } from './index.js';

/** The same words, each in an envelope of its own choice, in another order, some of them again. */
const retold = talk.chain((words) =>
  fc
    .array(fc.constantFrom(...envelopes), { minLength: words.length, maxLength: words.length })
    .map((chosen) => words.flatMap((word, i) => word(chosen[i] ?? 'old')))
    .chain((facts) => fc.tuple(fc.constant(words), reordered(facts))),
);

const inOld = (words: readonly Word[]) => words.flatMap((word) => word('old'));

const shownBy = (records: Records): unknown[] =>
  [...records].map(([name, state]) => {
    const kind = recordKinds[name.slice(0, name.indexOf('/')) as KindName];
    return [kind.view(state), kind.fieldsOf(state), kind.scopeOf(state, (phone) => phone)];
  });

describe('what Guesty tells of talk, money and work', () => {
  it('is one state in the old envelope, in the new one, in both, in any order and repetition', () => {
    fc.assert(
      fc.property(retold, ([words, again]) => {
        const expected = bytesOf(foldAll(inOld(words)));
        for (const envelope of envelopes)
          expect(bytesOf(foldAll(words.flatMap((word) => word(envelope))))).toBe(expected);
        expect(bytesOf(foldAll(again))).toBe(expected);
      }),
      { numRuns: 100 },
    );
  });

  it('is written in canonical order, and the same when it was stored between two facts', () => {
    fc.assert(
      fc.property(talk, (words) => {
        const facts = inOld(words);
        let records: Records = new Map();
        for (const fact of facts)
          records = foldAll(
            [fact],
            new Map(JSON.parse(JSON.stringify([...records])) as [string, RecordState][]),
          );
        expect(bytesOf(records)).toBe(bytesOf(foldAll(facts)));
        for (const state of records.values())
          expect(JSON.stringify(state)).toBe(canonicalJson(state));
      }),
      { numRuns: 40 },
    );
  });

  it('loses no text to a body that has none', () => {
    let texts = 0;
    fc.assert(
      fc.property(talk, (words) => {
        const facts = inOld(words);
        const records = foldAll(facts);
        for (const { data, personal } of facts) {
          if (typeof personal?.['text'] !== 'string') continue;
          const state = records.get(`guest_message/${data['message'] as string}`);
          expect(state && recordKinds.guest_message.view(state)).toHaveProperty('text');
          texts += 1;
        }
      }),
      { numRuns: 40 },
    );
    expect(texts).toBeGreaterThan(0);
  });

  it('holds and shows nothing personal once that was erased', () => {
    fc.assert(
      fc.property(talk, (words) => {
        const facts = inOld(words).map((fact) => ({ ...fact, personal: undefined }));
        const records = foldAll(facts);
        expect(JSON.stringify([bytesOf(records), shownBy(records)])).not.toMatch(
          /Maya|Osei|Ines|😕|another card/,
        );
      }),
      { numRuns: 40 },
    );
  });
});
