import { expect, test } from '@jest/globals';

import type { Passage } from './passage.js';
import { withoutTurns } from './without-turns.js';

const said = [
  ['one', 'Femi, Tuesday:\n', 'Where is the linen?\n\n'],
  ['two', 'Nora, Tuesday:\n', 'In the blue cupboard.\n\n'],
  ['three', 'Femi, Tuesday:\n', 'Thanks!'],
] as const;

const talk = (): Passage => {
  const passage = { text: '', turns: [] as object[], bylines: [] as object[] };
  for (const [record, byline, words] of said) {
    const start = passage.text.length;
    passage.turns.push({ record: `chat_message/${record}`, start });
    passage.bylines.push({ start, end: start + byline.length - 1 });
    passage.text += byline + words;
  }
  const records = said.map(([record]) => `chat_message/${record}`);
  return {
    ...{ id: '1', unit: 'chat_message/hour', path: '0', title: '', start: 0 },
    ...{ end: passage.text.length, records, language: 'en', audience: ['room:r1'] },
    scope: [...records, 'chat_room/r1'],
    ...passage,
  } as Passage;
};

const without = (...left: readonly string[]) =>
  withoutTurns(talk(), (record) => left.includes(record.slice('chat_message/'.length)));

test.each([
  [['one'], ['two', 'three']],
  [['two'], ['one', 'three']],
  [['three'], ['one', 'two']],
  [['one', 'three'], ['two']],
])('without %p, what %p say is there word for word, each at its place', (left, kept) => {
  const passage = without(...left);
  const rest = said.filter(([record]) => kept.includes(record));
  expect(passage?.text).toBe(
    rest
      .map(([, byline, words]) => byline + words)
      .join('')
      .trimEnd(),
  );
  expect(passage?.records).toEqual(kept.map((record) => `chat_message/${record}`));
  expect(passage?.scope).toEqual([...(passage?.records ?? []), 'chat_room/r1']);
  const { text = '', turns = [], bylines = [] } = passage ?? {};
  expect(turns.map(({ record, start }) => [record, text.slice(start, start + 4)])).toEqual(
    rest.map(([record, byline]) => [`chat_message/${record}`, byline.slice(0, 4)]),
  );
  expect(bylines.map(({ start, end }) => text.slice(start, end))).toEqual(
    rest.map(([, byline]) => byline.trimEnd()),
  );
  expect(passage?.isShortened).toBe(true);
});

test('nothing is left where all of it is taken out, or only who speaks is left', () => {
  expect(without('one', 'two', 'three')).toBeUndefined();
  const [first] = said;
  const text = `${first[1]}${first[2]}${first[1]}`;
  const start = first[1].length + first[2].length;
  const cut: Passage = {
    ...{ ...talk(), text },
    turns: [
      { record: 'chat_message/one', start: 0 },
      { record: 'chat_message/two', start },
    ],
    bylines: [{ start, end: text.length }],
  };
  expect(withoutTurns(cut, (record) => record === 'chat_message/one')).toBeUndefined();
});

test('what has no turns, or none of these, stays as it is', () => {
  const passage = talk();
  expect(withoutTurns(passage, () => false)).toBe(passage);
  const { turns: _turns, ...note } = passage;
  expect(withoutTurns(note, () => true)).toBe(note);
});
