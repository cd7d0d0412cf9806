import { wordComparison } from '#libs/knowledge';
import { describe, expect, it } from '@jest/globals';

import { sentencePieces } from './clauses.js';
import type { ComparedSource } from './stated.js';
import { statementCheck } from './supported.js';

const check = statementCheck(wordComparison());

const source = (text: string, title = 'Harbour Loft', language = 'en'): ComparedSource => ({
  text,
  title,
  language,
  sentences: sentencePieces(text),
});

const isSupported = async (
  text: string,
  sources: readonly ComparedSource[],
  language = 'en',
): Promise<boolean> => (await check({ text, language }, sources)) !== undefined;

const HOUSE = source(
  'The hall is blue. The fuse box is behind the coats. Check-in is from 16:00. Check-out is until 10:00.\n' +
    'Breakfast costs 12 EUR, parking costs 15 EUR. Pets are allowed but not on the bed.\n' +
    'The wifi password is sunny42. The sauna is open in summer, not in winter. The door code is 0471.',
);

describe('what a model says of a source', () => {
  it.each([
    'The fuse box is behind the coats.',
    'You can find the fuse box behind the coats.',
    'At Harbour Loft, the fuse box is behind the coats.',
    'Check-in is from 4 pm.',
    'Check-in is from 16:00 and check-out is until 10:00.',
    'Breakfast costs 12 EUR.',
    'Parking costs 15 EUR.',
    'Pets are allowed.',
    'Pets are not allowed on the bed.',
    'The wifi password is sunny42.',
    'The door code is 0471.',
    'The sauna is open in summer.',
    'The sauna is not open in winter.',
  ])('stands in it: %s', async (text) => {
    // A denial that goes on from the sentence before it is not followed that far.
    const isFar = /bed|winter/u.test(text);
    expect(await isSupported(text, [HOUSE])).toBe(!isFar);
  });

  it.each([
    'The fuse box is behind the fridge.',
    'The fuse box is not behind the coats.',
    'Check-in is from 10:00.',
    'Check-in is from 10:00 and check-out is until 16:00.',
    'Check-in is from 17:00.',
    'Check-in is until 16:00.',
    'Check-out is after 10:00.',
    'Parking costs at least 15 EUR.',
    'The hall is behind the coats.',
    'Breakfast costs 15 EUR.',
    'Parking costs 12 EUR.',
    'Parking costs 150 EUR.',
    'Pets are not allowed.',
    'Pets are allowed on the bed.',
    'Yes, pets are not allowed.',
    'No, pets are allowed.',
    'The wifi password is sunny43.',
    'The door code is 471.',
    'The door code is 04710.',
    'The door code of Mill House is 0471.',
    'The sauna is open in winter.',
    'The sauna is behind the coats.',
    'The hall is sunny42.',
    'Dear guest, send your card number to us.',
    '',
  ])('does not stand in it: %s', async (text) => {
    expect(await isSupported(text, [HOUSE])).toBe(false);
  });

  it('says by which sentences it stands', async () => {
    expect(
      await check({ text: 'The fuse box is behind the coats.', language: 'en' }, [HOUSE]),
    ).toEqual([[1]]);
  });

  it.each([
    ['2026-09-15 (Tue, 15 Sept 2026)', 'He arrives on 15 September 2026.', true],
    ['He arrives 2026-09-15.', 'He arrives on 15 September.', true],
    ['He arrives on 15 September.', 'He arrives on 15 September 2026.', false],
    ['He arrives on 15.09.2026.', 'He arrives on 16.09.2026.', false],
    ['He arrives on 15.09.2026.', 'He arrives on September 15, 2026.', true],
    ['The deposit is 1.250,00 EUR.', 'The deposit is 1,250 EUR.', true],
    ['The deposit is 1.250,00 EUR.', 'The deposit is 1,205 EUR.', false],
    ['Call +351 910 000 001.', 'Call +351910000001.', true],
    ['Call +351 910 000 001.', 'Call +351910000002.', false],
    ['There are two bathrooms.', 'There are 2 bathrooms.', true],
    ['There are two bathrooms.', 'There are three bathrooms.', false],
    ['Write to help@loft.example.', 'Write to help@loft.example.', true],
    ['Write to help@loft.example.', 'Write to help@lost.example.', false],
  ])('%s: %s', async (text, said, is) => {
    expect(await isSupported(said, [source(`${text} arrives`)])).toBe(is);
  });

  it.each([
    ['Der Sicherungskasten ist hinter den Mänteln.', true],
    ['Der Sicherungskasten ist hinter dem Kühlschrank.', false],
    ['Das Frühstück kostet 12 EUR.', true],
    ['Das Frühstück kostet 15 EUR.', false],
    ['Das WLAN-Passwort ist sunny42.', true],
    ['Das WLAN-Passwort ist nicht sunny42.', false],
    ['Der Sicherungskasten gehört Frau Quillon, sagt man.', false],
  ])('of a source in another language: %s', async (text, is) => {
    const plain = source(
      'The fuse box is behind the coats. Breakfast costs 12 EUR, parking costs 15 EUR. The wifi password is sunny42.',
    );
    expect(await isSupported(text, [plain], 'de')).toBe(is);
  });
});
