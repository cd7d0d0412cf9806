import { describe, expect, it } from '@jest/globals';

import { recogniseRecordHistory } from './recognise-record-history.js';

describe('a question about how a stay or a task was', () => {
  it.each([
    ['What was the arrival date of LTA87MGZ on Monday?', 'arrival', 'en'],
    ['What was the status of reservation LTA87MGZ last week?', 'status', 'en'],
    ['What was the price of HMABC123 yesterday?', 'total', 'en'],
    ['Who had the task change the filter last week?', 'taskOf', 'en'],
    ['Wann war am Montag die Abreise von Frau Müller?', 'departure', 'de'],
    ['Wer hatte letzte Woche die Aufgabe Filter wechseln?', 'taskOf', 'de'],
    ['Quel était lundi le statut de HMABC123 ?', 'status', 'fr'],
    ['¿Cuál era el precio de HMABC123 el lunes?', 'total', 'es'],
    ['Qual era lunedì la partenza di Rinaldi?', 'departure', 'it'],
    ['Wat was maandag de vertrekdatum van HMABC123?', 'departure', 'nl'],
    ['Jaki był w poniedziałek status HMABC123?', 'status', 'pl'],
    ['Qual era na segunda-feira o preço de HMABC123?', 'total', 'pt'],
  ])('%s', (text, field, language) => {
    expect(recogniseRecordHistory(text)).toEqual({ field, language });
  });

  it.each([
    'When does Hannah Müller arrive?',
    'What is the status of LTA87MGZ?',
    'Where was the key on Monday?',
    'Who was in Harbour Loft last week?',
  ])('is not: %s', (text) => {
    expect(recogniseRecordHistory(text)).toBeUndefined();
  });
});
