import { describe, expect, it } from '@jest/globals';

import { recogniseHistory } from './recognise-history.js';

describe('a question about how something was', () => {
  it.each([
    ['What was the check-in time of Harbour Loft on Monday?', 'checkInTime', 'en'],
    ['What was the cleaning fee last month?', 'cleaningFee', 'en'],
    ['Wie war die Check-out-Zeit im Hafenloft am Montag?', 'checkOutTime', 'de'],
    ['Wie hoch war der Preis pro Nacht letzte Woche?', 'basePrice', 'de'],
    ['Quelle était l’heure d’arrivée lundi ?', 'checkInTime', 'fr'],
    ['¿Cuál era la estancia mínima el lunes?', 'minNights', 'es'],
    ['Qual era l’orario di check-in lunedì?', 'checkInTime', 'it'],
    ['Wat was de inchecktijd maandag?', 'checkInTime', 'nl'],
    ['Jaka była godzina zameldowania w poniedziałek?', 'checkInTime', 'pl'],
    ['Qual era a taxa de limpeza na segunda-feira?', 'cleaningFee', 'pt'],
  ])('%s', (text, field, language) => {
    expect(recogniseHistory(text)).toEqual({ field, language });
  });

  it.each(['What is the check-in time?', 'Where was the key on Monday?', 'Who was the guest?'])(
    'is not: %s',
    (text) => {
      expect(recogniseHistory(text)).toBeUndefined();
    },
  );
});
