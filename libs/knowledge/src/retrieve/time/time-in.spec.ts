import { expect, test } from '@jest/globals';

import { timeIn } from './time-in.js';

/** A Wednesday, in the evening of UTC and already Thursday in Auckland. */
const NOW = Date.UTC(2026, 5, 3, 20);

const daysIn = (text: string, timeZone = 'Europe/Berlin'): string | undefined => {
  const span = timeIn(text, NOW, timeZone);
  if (!span) return undefined;
  const shown = (ms: number): string =>
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(ms);
  const [from, to] = [shown(span.from), shown(span.to)];
  return from === to ? from : `${from}..${to}`;
};

test.each([
  ['who called yesterday?', '2026-06-02'],
  ['Wer reist heute ab?', '2026-06-03'],
  ['Wer kommt übermorgen?', '2026-06-05'],
  ['Wer kommt morgen früh?', '2026-06-04'],
  ['Qui a appelé avant-hier ?', '2026-06-01'],
  ['Qui a appelé hier ?', '2026-06-02'],
  ['¿Quién llega pasado mañana?', '2026-06-05'],
  ['¿Quién llega mañana?', '2026-06-04'],
  ['Chi arriva domani?', '2026-06-04'],
  ['Wie belde gisteren?', '2026-06-02'],
  ['Kto przyjeżdża jutro?', '2026-06-04'],
  ['Quem chega amanhã?', '2026-06-04'],
  ['Is anybody arriving tonight?', '2026-06-03'],
])('%p is about %s', (text, days) => {
  expect(daysIn(text)).toBe(days);
});

test.each([
  ['arrivals on Monday', '2026-06-08'],
  ['who called on Monday', '2026-06-01'],
  ['Was hat der Gast am Montag gesagt?', '2026-06-01'],
  ['Wer reist am Freitag an?', '2026-06-05'],
  ['next Friday', '2026-06-05'],
  ['last Friday', '2026-05-29'],
  ['qui arrive samedi prochain', '2026-06-06'],
  ['el lunes pasado', '2026-06-01'],
  ['zeszły piątek', '2026-05-29'],
])('%p names a day of the week', (text, days) => {
  expect(daysIn(text)).toBe(days);
});

test.each([
  ['next weekend', '2026-06-12..2026-06-14'],
  ['this weekend', '2026-06-05..2026-06-07'],
  ['am Wochenende', '2026-06-05..2026-06-07'],
  ['nächstes Wochenende', '2026-06-12..2026-06-14'],
  ['le week-end prochain', '2026-06-12..2026-06-14'],
  ['el próximo fin de semana', '2026-06-12..2026-06-14'],
  ['no próximo fim de semana', '2026-06-12..2026-06-14'],
  ['last week', '2026-05-25..2026-05-31'],
  ['letzte Woche', '2026-05-25..2026-05-31'],
  ['la semaine dernière', '2026-05-25..2026-05-31'],
  ['la semana pasada', '2026-05-25..2026-05-31'],
  ['la settimana scorsa', '2026-05-25..2026-05-31'],
  ['vorige week', '2026-05-25..2026-05-31'],
  ['w zeszłym tygodniu', '2026-05-25..2026-05-31'],
  ['semana passada', '2026-05-25..2026-05-31'],
  ['last month', '2026-05-01..2026-05-31'],
  ['this year', '2026-01-01..2026-12-31'],
  ['in den letzten drei Tagen', '2026-05-31..2026-06-03'],
  ['in the last 2 weeks', '2026-05-20..2026-06-03'],
  ['two weeks ago', '2026-05-18..2026-05-24'],
  ['vor 3 Tagen', '2026-05-31'],
  ['il y a deux semaines', '2026-05-18..2026-05-24'],
  ['hace dos días', '2026-06-01'],
  ['dwa dni temu', '2026-06-01'],
  ['in 3 days', '2026-06-06'],
])('%p is %s', (text, days) => {
  expect(daysIn(text)).toBe(days);
});

test.each([
  ['on 2026-07-03', '2026-07-03'],
  ['am 03.07.2026', '2026-07-03'],
  ['am 3.7.', '2026-07-03'],
  ['3 July', '2026-07-03'],
  ['July 3rd, 2025', '2025-07-03'],
  ['le 3 juillet', '2026-07-03'],
  ['3 de julio de 2026', '2026-07-03'],
  ['3 lipca', '2026-07-03'],
  ['from 3 to 7 July', '2026-07-03..2026-07-07'],
  ['vom 3. bis 7. Juli', '2026-07-03..2026-07-07'],
  ['del 3 al 7 de julio', '2026-07-03..2026-07-07'],
  ['du 3 au 7 juillet', '2026-07-03..2026-07-07'],
  ['June 3rd to 7th', '2026-06-03..2026-06-07'],
  ['between May 30 and June 2', '2026-05-30..2026-06-02'],
  ['im Mai', '2027-05-01..2027-05-31'],
  ['who complained in May', '2026-05-01..2026-05-31'],
  ['October 2025', '2025-10-01..2025-10-31'],
  ['since Monday, who has called?', '2026-06-01..2026-06-03'],
])('%p is %s', (text, days) => {
  expect(daysIn(text)).toBe(days);
});

test.each([
  'What is the wifi password?',
  'May I park here?',
  'Gibt es hier einen Aufzug?',
  'Guten Morgen, wie geht es?',
  'Where is the fuse box of apartment 12?',
  'Is breakfast served from 8 to 10?',
])('%p says no day', (text) => {
  expect(daysIn(text)).toBeUndefined();
});

test('takes today from the time zone where it is asked', () => {
  expect(daysIn('who arrives today', 'Pacific/Auckland')).toBe('2026-06-04');
  expect(daysIn('who arrives today', 'America/New_York')).toBe('2026-06-03');
});

test('begins and ends a day with the clocks of that place, also when they change', () => {
  const span = timeIn('on 2026-03-29', NOW, 'Europe/Berlin');
  expect(span).toMatchObject({
    from: Date.UTC(2026, 2, 28, 23),
    to: Date.UTC(2026, 2, 29, 22) - 1,
    said: '2026-03-29',
  });
});
