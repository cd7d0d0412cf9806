import { expect, test } from '@jest/globals';

import { smallSearch, type SmallNote } from '../../test/small-index.js';

const homes = [
  { id: 'listing/sea', names: ['Sea Breeze'] },
  { id: 'listing/mill', names: ['Old Mill'] },
];
const notes: readonly SmallNote[] = [
  { id: '1', scope: 'listing/sea', text: 'The password of the wifi is on the fridge.' },
  { id: '2', scope: 'listing/mill', text: 'The password of the wifi hangs in the hall.' },
  { id: '3', scope: 'listing/mill', text: 'Parking costs ten euros.' },
  { id: '4', scope: 'listing/sea', text: 'Parking is free behind the house.' },
];
const question = { turns: [], principals: ['staff'], timeZone: 'UTC', limit: 10 };
const idsOf = ({ hits }: { readonly hits: readonly { readonly passage: { id: string } }[] }) =>
  hits.map(({ passage }) => passage.id);

test('finds only what is about the home that is named', async () => {
  const { search } = await smallSearch(notes, homes);
  const found = await search({ ...question, text: 'What is the wifi password in Old Mill?' });
  expect(found.scope).toEqual({ state: 'found', ids: ['listing/mill'], choices: [] });
  expect(idsOf(found)).toEqual(['2']);
  expect(found.hits[0]?.coverage).toBeGreaterThan(0);
});

test('makes a follow-up whole from the turns before it', async () => {
  const { search } = await smallSearch(notes, homes);
  const turns = [
    { who: 'user', text: 'Where can I find the password in Sea Breeze?' },
    { who: 'other', text: 'For what?' },
  ] as const;
  const found = await search({ ...question, turns, text: 'the wifi' });
  expect(found.asked).toBe('Where can I find the password in Sea Breeze? the wifi');
  expect(idsOf(found)[0]).toBe('1');
});

test('finds in all homes where none is named', async () => {
  const { search } = await smallSearch(notes, homes);
  const found = await search({ ...question, text: 'What does parking cost?' });
  expect(found.scope.state).toBe('none');
  expect(idsOf(found).sort()).toEqual(['3', '4']);
});

test('leaves out what is gone, changed or not for the asker, however late the index is', async () => {
  const late: readonly SmallNote[] = [
    { id: '5', scope: 'listing/sea', text: 'Parking was free.', now: undefined },
    { id: '6', scope: 'listing/sea', text: 'Parking was free.', now: 'Parking costs.' },
    { id: '7', scope: 'listing/sea', text: 'Parking for the board.', readers: ['room:board'] },
  ];
  const { search, looked } = await smallSearch([...notes, ...late], homes);
  const found = await search({ ...question, text: 'Where is parking?' });
  expect(idsOf(found).sort()).toEqual(['3', '4']);
  expect(found.dropped).toBe(3);
  expect(looked).toHaveLength(1);
});

test('asks the index for nothing that the asker may not read', async () => {
  const board = {
    id: '8',
    scope: 'listing/sea',
    text: 'Parking is sold.',
    indexed: ['room:board'],
  };
  const { search, looked } = await smallSearch([...notes, board], homes);
  await search({ ...question, text: 'parking' });
  expect(looked.flat()).not.toContain('note/8');
});

test('sets back what repeats a better hit', async () => {
  const again = notes.slice(0, 1).map((note) => ({ ...note, id: '9' }));
  const { search } = await smallSearch([...notes, ...again], homes);
  const found = await search({ ...question, text: 'password wifi Sea Breeze parking' });
  const repeated = found.hits.filter(({ because }) => because['repeated'] !== undefined);
  expect(repeated.map(({ passage }) => passage.id)).toEqual(['9']);
});

test('knows of no home that is gone or not for the asker, however late its name is', async () => {
  const { search } = await smallSearch(notes, homes, ['listing/mill']);
  const found = await search({ ...question, text: 'What is the wifi password in Old Mill?' });
  expect(found.scope).toEqual({ state: 'none', ids: [], choices: [] });
});

test('finds what happened in the time that is asked about, and what has no time', async () => {
  const calls: readonly SmallNote[] = [
    { id: '10', scope: 'listing/sea', text: 'Parking trouble.', at: Date.UTC(2026, 4, 31, 9) },
    { id: '11', scope: 'listing/sea', text: 'Parking trouble.', at: Date.UTC(2026, 4, 20, 9) },
  ];
  const { search } = await smallSearch([...notes, ...calls], homes);
  const found = await search({ ...question, text: 'Who had trouble with parking yesterday?' });
  expect(found.time?.said).toBe('yesterday');
  expect(idsOf(found).sort()).toEqual(['10', '3', '4']);
});

test('asks how much of a thing there is, and not for a thing that is high', async () => {
  const high: readonly SmallNote[] = [
    { id: '12', scope: 'listing/sea', text: 'A high chair stands in the kitchen.' },
    { id: '13', scope: 'listing/sea', text: 'The deposit is 300 euros.' },
  ];
  const { search } = await smallSearch([...notes, ...high], homes);
  const found = await search({ ...question, text: 'How high is the deposit?' });
  expect(idsOf(found)[0]).toBe('13');
  expect(found.hits[0]?.coverage).toBeGreaterThan(0.8);
  expect(idsOf(await search({ ...question, text: 'Is there a high chair?' }))[0]).toBe('12');
});
