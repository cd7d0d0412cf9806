import type { WholeTerm } from './whole-term.js';

const PHONE = /(?<![\p{L}\p{N}])(?:\+|00)?\(?\d[\d\s()/.‑–-]{5,22}\d(?![\p{L}\p{N}])/gu;
const DATE = /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})/;
const TIME =
  /(?<![\p{L}\p{N}.,:])([01]?\d|2[0-4])(?:(?:[:.h]|\s?Uhr\s?)([0-5]\d)(?!\d)|(?=\s?(?:[ap]\.?m\b|uhr\b|h\b)))(?:\s?([ap])\.?m\b)?/giu;

/** The last digits tell a phone number, however its country and its area are written. */
const LAST_DIGITS = [9, 7] as const;

/** Phone numbers and times of day, in any spelling. */
export const numberTermsOf = (text: string): readonly WholeTerm[] => [
  ...phonesOf(text),
  ...timesOf(text),
];

const phonesOf = (text: string): WholeTerm[] =>
  [...text.matchAll(PHONE)].flatMap(({ 0: written, index: start }) => {
    const digits = written.replace(/\D/g, '').replace(/^00?/, '');
    if (digits.length < 7 || digits.length > 15 || DATE.test(written)) return [];
    const also = LAST_DIGITS.filter((count) => count <= digits.length).map((count) =>
      phoneTerm(digits.slice(-count)),
    );
    return [{ term: phoneTerm(digits), also, start, end: start + written.length, joined: false }];
  });

const phoneTerm = (digits: string): string => `tel:${digits.length}:${digits}`;

const timesOf = (text: string): WholeTerm[] =>
  [...text.matchAll(TIME)].map(({ 0: written, 1: hours, 2: minutes, 3: half, index: start }) => ({
    term: `at:${hourOf(Number(hours), half?.toLowerCase())}:${minutes ?? '00'}`,
    ...{ also: [], start, end: start + written.length, joined: false },
  }));

const hourOf = (hours: number, half: string | undefined): number => {
  if (half === 'p' && hours < 12) return hours + 12;
  return half === 'a' && hours === 12 ? 0 : hours;
};
