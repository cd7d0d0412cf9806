import { expect, test } from '@jest/globals';

import { personMentions } from './person-mentions.js';

const people = [
  { id: 'guest/1', name: 'Hannah Müller' },
  { id: 'guest/2', name: 'Íñigo Muñoz' },
  { id: 'guest/3', name: 'Jan van der Berg' },
  { id: 'guest/4', name: 'Łukasz Wójcik' },
  { id: 'guest/5', name: 'Thomas Koch' },
  { id: 'guest/6', name: 'Ana Garden' },
];
const all = () => true;
const none = () => false;
const named = (text: string, mayBeName = all) =>
  personMentions(text, people, { mayBeName, mayGoOn: ({ isCapital }) => isCapital }).map(
    ({ person, sort }) => `${person.id} ${sort}`,
  );

test.each([
  ['When does Hannah Müller arrive?', 'guest/1 whole'],
  ['when does hannah mueller arrive', 'guest/1 whole'],
  ['When does Hanna Muller arrive?', 'guest/1 whole'],
  ['Wann kommt Müller, Hannah?', 'guest/1 whole'],
  ['Wann reist Herr Mueller ab?', 'guest/1 titled'],
  ['¿Cuándo llega el señor Munoz?', 'guest/2 titled'],
  ['When does Jan Berg leave?', 'guest/3 whole'],
  ['Kiedy wyjeżdża Lukasz Wojcik?', 'guest/4 whole'],
  ['When does Müller arrive?', 'guest/1 bare'],
])('finds whom %p names', (text, mention) => {
  expect(named(text)).toEqual([mention]);
});

test('takes a word after an article, or one that is said of homes, for no name', () => {
  expect(named('Wo finde ich den Koch?')).toEqual([]);
  expect(named('Is there a Garden?')).toEqual([]);
  expect(named('Who waters the plants?')).toEqual([]);
});

test('takes one word alone for a name only where it is told that it may be one', () => {
  expect(named('Was hat Koch gesagt?', none)).toEqual([]);
  expect(named('Was hat Frau Koch gesagt?', none)).toEqual(['guest/5 titled']);
});

test('takes nobody for somebody else of whose name one word is the same', () => {
  expect(named('When does Hannah Weber arrive?')).toEqual(['guest/1 other']);
  expect(named('Wann kommt Frau Petra Müller?')).toEqual(['guest/1 other']);
  expect(named('When does Piet van der Berg leave?')).toEqual(['guest/3 other']);
});

test('puts whole names first', () => {
  expect(named('Did Thomas Koch meet Müller?')).toEqual(['guest/5 whole', 'guest/1 bare']);
});

test('is no name in the middle of which others stand', () => {
  expect(named('Hannah said that the mill of old Peter Müller is closed', none)).toEqual([]);
});
