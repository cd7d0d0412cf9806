import { folded } from '../../texts/folded.js';
import { monthOf, MONTH_NAMES, numberOf, NUMBER_WORDS } from './number-words.js';

/** What a statement must not get wrong: a number, a date, a time of day, a code, a mail address. */
export interface HardToken {
  readonly start: number;
  readonly end: number;
  readonly sort: 'date' | 'time' | 'number' | 'mail';
  /** All that it may mean: `16.00` is a time or a number. The first is the strictest. */
  readonly meanings: readonly string[];
}

interface TokenPattern {
  readonly sort: HardToken['sort'];
  readonly pattern: RegExp;
  readonly meaningsOf: (match: RegExpExecArray) => readonly string[];
}

const two = (text: string | number): string => String(text).padStart(2, '0');

const dayOf = (year: string | undefined, month: number, day: number): readonly string[] => {
  if (month < 1 || month > 12 || day < 1 || day > 31) return [];
  const short = `d${two(month)}-${two(day)}`;
  if (year === undefined) return [short];
  return [`d${year.length === 2 ? `20${year}` : year}-${two(month)}-${two(day)}`, short];
};

const timeOf = (hours: number, minutes: string, half: string | undefined): readonly string[] => {
  if (hours > 24) return [];
  const later = half === 'p' && hours < 12 ? 12 : half === 'a' && hours === 12 ? -12 : 0;
  return [`t${hours + later}:${minutes}`];
};

/** `1.250,00`, `1,250.00`, `1 250`, `12,5`: what is written in groups of three may be a fraction as well. */
const amountsOf = (written: string): readonly string[] => {
  const plain = written.replaceAll(/[\s\u00a0\u202f']/gu, '');
  if (/^\d+$/u.test(plain)) return [`n${plain}`];
  const [last = ''] = /[.,](?=\d+$)/u.exec(plain) ?? [];
  const end = plain.lastIndexOf(last);
  const whole = plain.slice(0, end).replaceAll(/[.,]/gu, '');
  const rest = plain.slice(end + 1);
  const fraction = rest.replace(/0+$/u, '');
  const asFraction = `n${whole}${fraction === '' ? '' : `.${fraction}`}`;
  const isGrouped = rest.length === 3 && plain.split(/[.,]/u).length >= 2;
  const signs = new Set(plain.match(/[.,]/gu));
  if (isGrouped && signs.size === 1)
    return plain.split(last).length > 2 ? [`n${whole}${rest}`] : [`n${whole}${rest}`, asFraction];
  return [asFraction];
};

const EDGE = '(?<![\\p{L}\\p{N}])';
const OVER = '(?![\\p{L}\\p{N}])';
const at = (source: string): RegExp => new RegExp(`${EDGE}(?:${source})${OVER}`, 'giu');

/** In this order: what one has taken is not looked at by the next. */
const patterns: readonly TokenPattern[] = [
  {
    sort: 'mail',
    pattern: /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu,
    meaningsOf: ([mail]) => [`m${folded(mail)}`],
  },
  {
    sort: 'date',
    pattern: at('(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:T[\\d:.]+Z?)?'),
    meaningsOf: ([, year, month, day]) => dayOf(year, Number(month), Number(day)),
  },
  {
    sort: 'date',
    pattern: at('(\\d{1,2})([./-])(\\d{1,2})\\2(\\d{4}|\\d{2})'),
    // Days before months, as the languages of the house have it; a slash may be read the other way round.
    meaningsOf: ([, one, sign, other, year]) => [
      ...dayOf(year, Number(other), Number(one)),
      ...(sign === '/' ? dayOf(year, Number(one), Number(other)) : []),
    ],
  },
  {
    sort: 'date',
    pattern: at(
      `(\\d{1,2})(?:\\.|st|nd|rd|th|er|º|ª)?\\s(?:of |de |di )?(${MONTH_NAMES})\\.?(?:,?\\s(?:de |del )?(\\d{4}))?`,
    ),
    meaningsOf: ([, day, month = '', year]) => dayOf(year, monthOf(month), Number(day)),
  },
  {
    sort: 'date',
    pattern: at(`(${MONTH_NAMES})\\.?\\s(\\d{1,2})(?:st|nd|rd|th)?(?!:)(?:,?\\s(\\d{4}))?`),
    meaningsOf: ([, month = '', day, year]) => dayOf(year, monthOf(month), Number(day)),
  },
  {
    sort: 'number',
    pattern: /(?<![\p{L}\p{N}])(?:\+|00)\d[\d\s()/.‑–-]{5,22}\d(?![\p{L}\p{N}])/giu,
    meaningsOf: ([written]) => [`p${written.replaceAll(/\D/gu, '').replace(/^00/u, '')}`],
  },
  {
    sort: 'time',
    pattern: at('([01]?\\d|2[0-4])[:h]([0-5]\\d)(?:\\s?([ap])\\.?m)?'),
    meaningsOf: ([, hours, minutes = '00', half]) =>
      timeOf(Number(hours), minutes, half?.toLowerCase()),
  },
  {
    sort: 'time',
    pattern: at('([01]?\\d|2[0-4])(?:\\.([0-5]\\d))?\\s?(?:([ap])\\.?m|uhr|h|heures?|uur)'),
    meaningsOf: ([, hours, minutes = '00', half]) =>
      timeOf(Number(hours), minutes, half?.toLowerCase()),
  },
  {
    sort: 'number',
    pattern: at("\\d{1,3}(?:[.,' \\u00a0\\u202f]\\d{3})+(?:[.,]\\d{1,2})?|\\d+[.,]\\d+"),
    meaningsOf: ([written]) => [...amountsOf(written), ...pointedTime(written)],
  },
  {
    sort: 'number',
    pattern:
      /(?<![\p{L}\p{N}])[\p{L}\p{N}#*]*\p{N}[\p{L}\p{N}#*]*(?:[-_/+][\p{L}\p{N}#*]*\p{N}[\p{L}\p{N}#*]*)*/giu,
    meaningsOf: ([written]) => codesOf(written),
  },
  {
    sort: 'number',
    pattern: at(NUMBER_WORDS),
    meaningsOf: ([word]) => [`n${numberOf(word)}`],
  },
];

/** `16.00` is a time where its parts can be hours and minutes. */
const pointedTime = (written: string): readonly string[] => {
  const [, hours, minutes] = /^([01]?\d|2[0-4])\.([0-5]\d)$/u.exec(written) ?? [];
  return hours === undefined || minutes === undefined ? [] : [`t${Number(hours)}:${minutes}`];
};

/** A code as it is written; a number with its unit, `10min`, is the number too. */
const codesOf = (written: string): readonly string[] => {
  if (/^\d+$/u.test(written)) return [`n${written}`];
  const code = `c${folded(written).replaceAll(/[-_/+]/gu, '')}`;
  const [, number, unit] = /^(\d+)(\p{L}{1,3})$/u.exec(written) ?? [];
  return number === undefined || unit === undefined ? [code] : [code, `n${number}`];
};

/** All of them in a text, in its order. Pure. */
export const hardTokensIn = (text: string): readonly HardToken[] => {
  const tokens: HardToken[] = [];
  const isTaken = (start: number, end: number): boolean =>
    tokens.some((one) => one.start < end && start < one.end);
  for (const { sort, pattern, meaningsOf } of patterns)
    for (const match of text.matchAll(pattern)) {
      const [{ length }] = match;
      const [start, end] = [match.index, match.index + length];
      if (isTaken(start, end)) continue;
      const meanings = meaningsOf(match);
      if (meanings.length > 0) tokens.push({ start, end, sort, meanings });
    }
  return tokens.sort((one, other) => one.start - other.start);
};

/**
 * Whether a token of a source says what one of a statement says. A statement may say less: a day without its year. What
 * it says with a year must stand there with it.
 */
export const saysSame = (stated: HardToken, source: HardToken): boolean => {
  const [first, ...others] = stated.meanings;
  if (first === undefined) return false;
  if (source.meanings.includes(first)) return true;
  if (stated.sort === 'date') return false;
  return others.some((meaning) => source.meanings.includes(meaning));
};
