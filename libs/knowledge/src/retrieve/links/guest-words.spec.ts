import { expect, test } from '@jest/globals';

import { asksWhatWasSaid, guestOfHome } from './guest-words.js';

const HOME = 'Harbour Loft';
const isMeant = (text: string): boolean => {
  const start = text.indexOf(HOME);
  return guestOfHome(text, { start, end: start + HOME.length }) !== undefined;
};

test.each([
  'What did the guest in Harbour Loft complain about?',
  'phone number of the guest who is now in the Harbour Loft',
  'When do the guests in Harbour Loft leave?',
  'Is the Harbour Loft guest still here?',
  'Worüber hat sich der Gast im Harbour Loft beschwert?',
  'Wann reisen die Gäste im Harbour Loft ab?',
  'Wann fährt der Harbour Loft-Gast?',
  'Quand part le client du Harbour Loft ?',
  '¿Qué pidió el huésped del Harbour Loft?',
  'Quando parte l’ospite della Harbour Loft?',
  'Wanneer vertrekt de gast in Harbour Loft?',
  'Kiedy wyjeżdża gość z Harbour Loft?',
  'Quando sai o hóspede do Harbour Loft?',
])('a guest is meant in %p', (text) => {
  expect(isMeant(text)).toBe(true);
});

test.each([
  'How many guests fit in Harbour Loft?',
  'Can a guest in Harbour Loft use the sauna?',
  'Where do guests park at Harbour Loft?',
  'Where does every guest in Harbour Loft find towels?',
  'What does the guest book in Harbour Loft say?',
  'Ist ein Gast im Harbour Loft erlaubt?',
  'Wie viele Gäste passen in das Harbour Loft?',
  'Is Harbour Loft good for families?',
  'What is the wifi of Harbour Loft?',
])('nobody in particular is meant in %p', (text) => {
  expect(isMeant(text)).toBe(false);
});

test('knows a question about what was said from one about a home', () => {
  expect(asksWhatWasSaid('What did the guest in Harbour Loft complain about?')).toBe(true);
  expect(asksWhatWasSaid('Hat sich der Gast beschwert?')).toBe(true);
  expect(asksWhatWasSaid('Which wifi does the guest in Harbour Loft use?')).toBe(false);
});
