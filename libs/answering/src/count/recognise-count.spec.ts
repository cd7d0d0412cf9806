import { describe, expect, it } from '@jest/globals';

import { recogniseCount } from './recognise-count.js';

const recognised: readonly (readonly [text: string, topic: string, language: string])[] = [
  ['How many arrivals tomorrow?', 'arrivals', 'en'],
  ['Who is arriving today?', 'arrivals', 'en'],
  ['who checks in this weekend', 'arrivals', 'en'],
  ['arrivals tomorrow', 'arrivals', 'en'],
  ['How many guests are arriving on Friday?', 'arrivals', 'en'],
  ['How many check-outs do we have today?', 'departures', 'en'],
  ['Who is leaving tomorrow?', 'departures', 'en'],
  ['Who stays in Harbour Loft tonight?', 'in_house', 'en'],
  ['Who is in Harbour Loft?', 'in_house', 'en'],
  ['How many guests are in house now?', 'in_house', 'en'],
  ['Which homes are free next weekend?', 'free_homes', 'en'],
  ['Who called twice today without an answer?', 'repeat_callers', 'en'],
  ['How many missed calls today?', 'missed_calls', 'en'],
  ['missed calls yesterday', 'missed_calls', 'en'],
  ['How many calls did we get yesterday?', 'calls', 'en'],
  ['Open balances this week', 'balances', 'en'],
  ['Which open balances do we have this week?', 'balances', 'en'],
  ['Who still has to pay?', 'balances', 'en'],
  ['How many open tasks are there?', 'tasks', 'en'],
  ['How many new bookings this week?', 'new_bookings', 'en'],
  ['How many reservations do we have next month?', 'stays', 'en'],
  ['How many nights are booked in July?', 'nights', 'en'],
  ['What is our average rating?', 'rating', 'en'],
  ['Wer reist heute ab?', 'departures', 'de'],
  ['Wer reist morgen an?', 'arrivals', 'de'],
  ['Wie viele Anreisen haben wir morgen?', 'arrivals', 'de'],
  ['Welche Wohnungen sind am Wochenende frei?', 'free_homes', 'de'],
  ['Wer hat heute zweimal ohne Antwort angerufen?', 'repeat_callers', 'de'],
  ['Wie viele verpasste Anrufe gab es gestern?', 'missed_calls', 'de'],
  ['Offene Beträge diese Woche', 'balances', 'de'],
  ['Wer wohnt heute im Hafenloft?', 'in_house', 'de'],
  ['Wie viele offene Aufgaben gibt es?', 'tasks', 'de'],
  ['Combien d’arrivées demain ?', 'arrivals', 'fr'],
  ['Qui part aujourd’hui ?', 'departures', 'fr'],
  ['Quels logements sont libres demain ?', 'free_homes', 'fr'],
  ['Combien d’appels manqués hier ?', 'missed_calls', 'fr'],
  ['Qui a appelé deux fois aujourd’hui sans réponse ?', 'repeat_callers', 'fr'],
  ['¿Cuántas llegadas hay mañana?', 'arrivals', 'es'],
  ['¿Quién sale hoy?', 'departures', 'es'],
  ['¿Cuántas llamadas perdidas hubo ayer?', 'missed_calls', 'es'],
  ['¿Quién ha llamado dos veces hoy sin respuesta?', 'repeat_callers', 'es'],
  ['Quanti arrivi ci sono domani?', 'arrivals', 'it'],
  ['Chi parte oggi?', 'departures', 'it'],
  ['Chi arriva domani?', 'arrivals', 'it'],
  ['Quante chiamate perse ieri?', 'missed_calls', 'it'],
  ['Hoeveel aankomsten zijn er morgen?', 'arrivals', 'nl'],
  ['Wie vertrekt er vandaag?', 'departures', 'nl'],
  ['Wie komt er morgen aan?', 'arrivals', 'nl'],
  ['Hoeveel gemiste oproepen gisteren?', 'missed_calls', 'nl'],
  ['Ile przyjazdów jest jutro?', 'arrivals', 'pl'],
  ['Kto dzisiaj wyjeżdża?', 'departures', 'pl'],
  ['Ile nieodebranych połączeń było wczoraj?', 'missed_calls', 'pl'],
  ['Quantas chegadas há amanhã?', 'arrivals', 'pt'],
  ['Quem sai hoje?', 'departures', 'pt'],
  ['Quantas chamadas perdidas houve ontem?', 'missed_calls', 'pt'],
];

const left: readonly string[] = [
  'What time is check-in tomorrow?',
  'How late can I check in today?',
  'Where do guests park on arrival?',
  'How many guests can stay in Harbour Loft?',
  'How many towels are there for each guest?',
  'What is the deposit for late arrivals?',
  'Who cleans Harbour Loft tomorrow?',
  'Who is the owner of Harbour Loft?',
  'What did Maya say about the departure?',
  'Is parking free at Harbour Loft?',
  'What is the minimum number of nights?',
  'How do I call the elevator?',
  'Um wie viel Uhr ist die Anreise morgen?',
  'Wie viele Personen dürfen im Hafenloft übernachten?',
  'Wo ist der Sicherungskasten?',
  'Gibt es einen Föhn?',
  'À quelle heure est l’arrivée demain ?',
  'Où est le compteur électrique ?',
  '¿A qué hora es la salida?',
  '¿Hay aparcamiento libre?',
  'A che ora è il check-in?',
  'Hoe laat is de aankomst?',
  'O której jest zameldowanie?',
  'A que horas é a saída?',
  'What is the wifi password?',
  'Who do I call in an emergency?',
];

describe('a question that records answer', () => {
  it.each(recognised)('%s', (text, topic, language) => {
    expect(recogniseCount(text)).toMatchObject({ topic, language });
  });

  it.each(['Wie stellt man in Haus Waldrand den Kuckuck ab?', 'Qui a gagné la course en 1998 ?'])(
    'is not about who is there, with a home or a day either: %s',
    (text) => {
      expect(recogniseCount(text)).toBeUndefined();
    },
  );

  it.each(left)('is not: %s', (text) => {
    const question = recogniseCount(text);
    // A weak one is taken only with a day or a home.
    expect(question?.weak === false ? question.topic : undefined).toBeUndefined();
  });

  it('knows whether only unanswered calls are meant', () => {
    expect(recogniseCount('Who called twice today?')).toMatchObject({ unanswered: false });
    expect(recogniseCount('Who called twice today without an answer?')).toMatchObject({
      unanswered: true,
    });
  });
});
