import { expect, test } from '@jest/globals';

import { askingSpans, isLeaning, wholeQuestion } from './whole-question.js';

test.each([
  'and the wifi?',
  'What about parking there',
  'Und wie viel kostet das?',
  'Does it have a pool with a lifeguard?',
  'Et le petit déjeuner ?',
  '¿Y el aparcamiento?',
  'E a piscina?',
  'A co z parkingiem?',
  'Pool?',
])('%p leans on the turns before it', (text) => {
  expect(isLeaning(text)).toBe(true);
});

test.each([
  'What is the wifi password in the Gonville Hotel?',
  'Wie lautet der Code der Haustür im Seehaus?',
  'How many guests arrive in Lisbon tomorrow?',
  'Is there a swimming pool for children?',
  'Was kostet das Parken vor dem Haus?',
  'Gibt es einen Aufzug im Haus?',
  'Y a-t-il un parking près de la maison ?',
  'Haben Sie einen Parkplatz für unser Auto?',
  'When did Ann Lind open the hotel and sell it?',
  'Is more than one parking space free?',
])('%p stands alone', (text) => {
  expect(isLeaning(text)).toBe(false);
});

const turns = [
  { who: 'user', text: 'I need a room in the north.' },
  { who: 'other', text: 'The Lodge is free.' },
  { who: 'user', text: 'Can I park at the Lodge?' },
  { who: 'other', text: 'Yes, behind the house.' },
] as const;

test('a follow-up is asked together with what the same person asked before', () => {
  expect(wholeQuestion('How much is it?', turns).asked).toBe(
    'Can I park at the Lodge? How much is it?',
  );
});

test('earlier turns weigh less the older they are, and less where the other side spoke', () => {
  const { earlier } = wholeQuestion('How much is it?', turns);
  expect(earlier.map(({ text }) => text)).toEqual(turns.map(({ text }) => text).reverse());
  const [answer, question, olderAnswer, olderQuestion] = earlier.map(({ weight }) => weight);
  expect(question).toBeGreaterThan(answer ?? 1);
  expect(question).toBeGreaterThan(olderQuestion ?? 1);
  expect(answer).toBeGreaterThan(olderAnswer ?? 1);
});

test('a question that stands alone takes little from the turns before it', () => {
  const [standing] = wholeQuestion(
    'What is the wifi password in the Gonville Hotel?',
    turns,
  ).earlier;
  const [leaning] = wholeQuestion('And the wifi?', turns).earlier;
  expect(standing?.weight).toBeLessThan((leaning?.weight ?? 0) / 2);
});

test('of several sentences those ask that end with a question mark', () => {
  const asked = (text: string): string[] =>
    askingSpans(text).map(({ start, end }) => text.slice(start, end));
  expect(asked('We booked a week. Is there a lift? Thanks!')).toEqual(['Is there a lift?']);
  expect(asked('Tell me about the lift. And the stairs.')).toHaveLength(2);
});
