import { expect, test } from '@jest/globals';

import { citationsOf, type RatedSource } from './rated-sources.js';

/** Each sentence with its score, in the order of the text. */
const sourceOf = (text: string, rated: Readonly<Record<string, number>>): RatedSource => {
  const sentences = Object.entries(rated).map(([sentence, score]) => {
    const start = text.indexOf(sentence);
    return { start, end: start + sentence.length, score };
  });
  return {
    hit: {
      passage: {
        ...{ id: '1', unit: 'note/1', path: '0', title: 'Home', text, start: 0, end: text.length },
        ...{ records: ['note/1'], language: 'en', scope: [], audience: [] },
      },
      ...{ score: 1, coverage: 1, about: [], because: {} },
    },
    sentences,
    best: Math.max(...Object.values(rated)),
  };
};

test('quotes the sentence behind the best one: what is named here is often told there', () => {
  const text =
    'We are open. The key box hangs left of the door. Its code is 4827. Enjoy your stay.';
  const rated = {
    'We are open.': 0,
    'The key box hangs left of the door.': 1,
    'Its code is 4827.': 0.2,
    'Enjoy your stay.': 0,
  };
  expect(citationsOf(sourceOf(text, rated))[0]?.quote).toBe(
    'The key box hangs left of the door. Its code is 4827.',
  );
});

test('quotes nothing of the next paragraph, and shows where something is left out', () => {
  const text =
    'The key hangs left. Ring twice. Or ask for the key next door.\n\nBins go out on Monday.';
  const rated = {
    'The key hangs left.': 0.9,
    'Ring twice.': 0,
    'Or ask for the key next door.': 1,
    'Bins go out on Monday.': 0.1,
  };
  expect(citationsOf(sourceOf(text, rated))[0]?.quote).toBe(
    'The key hangs left. … Or ask for the key next door.',
  );
});

test('names the message that says it, not the one that its talk begins with', () => {
  const text = 'The linen comes on Thursday.\n\nThe key hangs left.\n\nThe spare key lies below.';
  const rated = {
    'The linen comes on Thursday.': 0,
    'The key hangs left.': 1,
    'The spare key lies below.': 0.9,
  };
  const source = sourceOf(text, rated);
  const turns = ['one', 'two', 'three'].map((record, i) => ({
    record: `chat_message/${record}`,
    start: text.indexOf(Object.keys(rated)[i] ?? ''),
  }));
  const passage = { ...source.hit.passage, title: '', turns };
  const talk = { ...source, hit: { ...source.hit, passage } };
  const cited = citationsOf(talk).map(({ record, name, quote }) => [record, name, quote]);
  // A talk has no title: people see how the message begins, which is who wrote it and when.
  expect(cited).toEqual([
    ['chat_message/two', 'The key hangs left.', 'The key hangs left.'],
    ['chat_message/three', 'The spare key lies below.', 'The spare key lies below.'],
  ]);
});

test('never quotes who speaks, also where no sentence fits', () => {
  const text = 'Femi, Tuesday:\nThe linen comes late.\n\nNora, Tuesday:\nFine.';
  const source = sourceOf(text, { [text]: 0 });
  const starts = [0, text.indexOf('Nora')];
  const passage = {
    ...{ ...source.hit.passage, title: '' },
    turns: starts.map((start) => ({ record: `chat_message/${start}`, start })),
    bylines: starts.map((start) => ({ start, end: start + 'Femi, Tuesday:'.length })),
  };
  const cited = citationsOf({ hit: { ...source.hit, passage }, sentences: [], best: 0 });
  expect(cited.map(({ name, quote }) => [name, quote.trim()])).toEqual([
    ['Femi, Tuesday', 'The linen comes late.'],
    ['Nora, Tuesday', 'Fine.'],
  ]);
});
