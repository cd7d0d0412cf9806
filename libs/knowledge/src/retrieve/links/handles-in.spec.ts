import { expect, test } from '@jest/globals';

import { handlesIn, isSamePhone } from './handles-in.js';

const phonesIn = (text: string) => handlesIn(text).phones.map(({ e164, digits }) => e164 ?? digits);
const codesIn = (text: string) => handlesIn(text).codes.map(({ written }) => written);

test.each([
  ['Has anybody called from +49 171 392 00 94?', '+491713920094'],
  ['when did 0044 7700 900-245 call last', '+447700900245'],
  ['+49 (0)171 / 3920094 hat angerufen', '+491713920094'],
  ['Wer ist 0171 3920094?', '1713920094'],
  ['who is (0171) 392.00.94', '1713920094'],
])('reads the number in %p', (text, phone) => {
  expect(phonesIn(text)).toEqual([phone]);
});

test.each([
  'Who arrives on 2026-12-01?',
  'arrivals 01.12.2026 - 04.12.2026',
  'Is breakfast from 7:30 to 10:00?',
  'We are 4 with 2 dogs, from 3 to 7 December',
  'the code of the key box is 4827',
])('reads no number in %p', (text) => {
  expect(phonesIn(text)).toEqual([]);
});

test('knows a number without its country by its end', () => {
  const [phone] = handlesIn('0171 3920094').phones;
  expect(phone && isSamePhone('+491713920094', phone)).toBe(true);
  expect(phone && isSamePhone('+491713920095', phone)).toBe(false);
  const [whole] = handlesIn('+49 171 3920094').phones;
  expect(whole && isSamePhone('+431713920094', whole)).toBe(false);
});

test('takes for codes what has letters and digits, or capitals among small letters', () => {
  expect(codesIn('When does HMABCDEF arrive?')).toEqual(['HMABCDEF']);
  expect(codesIn('Is GY-1234ab paid, or LTA87MGZ?')).toEqual(['GY-1234ab', 'LTA87MGZ']);
  expect(codesIn('WHERE IS THE PARKING SPACE?')).toEqual([]);
  expect(codesIn('the wifi in the apartment at 10th street')).toEqual([]);
  expect(codesIn('write to maya2024@mail.example')).toEqual([]);
});

test('finds mail addresses', () => {
  expect(handlesIn('When does Maya.O@mail.example. arrive').mails).toMatchObject([
    { written: 'Maya.O@mail.example' },
  ]);
});
