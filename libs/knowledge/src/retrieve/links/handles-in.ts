import type { NameSpan } from '../names/mentions-in.js';

/** A phone number as somebody wrote it. */
export interface SaidPhone extends NameSpan {
  readonly written: string;
  /** Without the country, where nobody wrote one, and without a leading zero. */
  readonly digits: string;
  /** In E.164, where the country was written. */
  readonly e164?: string;
}

export interface SaidText extends NameSpan {
  readonly written: string;
}

/** What in a text names a person or a stay by itself. */
export interface SaidHandles {
  readonly phones: readonly SaidPhone[];
  readonly mails: readonly SaidText[];
  /** Words that may be the code of a booking. */
  readonly codes: readonly SaidText[];
}

const PHONE = /(?<![\p{L}\p{N}])(?:\+|00)?\s?\(?\d[\d\s()/.‑–-]{5,22}\d(?![\p{L}\p{N}])/gu;
const DATE = /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})/;
const MAIL = /[\p{L}\p{N}][\p{L}\p{N}._%+-]*@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const CODE = /(?<![\p{L}\p{N}@.+-])[A-Za-z0-9]+(?:-[A-Za-z0-9]+){0,2}(?![\p{L}\p{N}@-])/gu;

const [FEWEST_DIGITS, MOST_DIGITS] = [7, 15];
/** Shorter ones are words and amounts. */
const SHORTEST_CODE = 6;
const MOST_OF_EACH = 4;

/** Phone numbers in any spelling, mail addresses, and what may be the code of a booking. Pure. */
export const handlesIn = (text: string): SaidHandles => {
  const mails = found(text, MAIL);
  const isWithinMail = ({ start }: NameSpan): boolean =>
    mails.some((mail) => mail.start <= start && start < mail.end);
  const phones = found(text, PHONE)
    .filter((one) => !isWithinMail(one))
    .flatMap((one) => phoneOf(one) ?? []);
  return {
    phones: phones.slice(0, MOST_OF_EACH),
    mails: mails.slice(0, MOST_OF_EACH),
    codes: found(text, CODE)
      .filter((one) => !isWithinMail(one) && isCode(one.written, text))
      .slice(0, MOST_OF_EACH),
  };
};

const found = (text: string, pattern: RegExp): readonly SaidText[] =>
  [...text.matchAll(pattern)].map(({ 0: written, index: start }) => ({
    ...{ written: written.trim(), start, end: start + written.length },
  }));

const phoneOf = (said: SaidText): SaidPhone | undefined => {
  // The zero in brackets is left out where the country is said.
  const written = said.written.replace(/\(0\)/, '');
  const all = written.replaceAll(/\D/g, '');
  const hasCountry = /^\(?(?:\+|00)/.test(written);
  const digits = all.replace(/^0+/, '');
  if (digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS) return undefined;
  if (DATE.test(written)) return undefined;
  return { ...said, digits, ...(hasCountry && { e164: `+${digits}` }) };
};

/** Letters with digits, or capitals alone where not everything is in capitals. */
const isCode = (written: string, text: string): boolean => {
  const letters = written.replaceAll('-', '');
  if (letters.length < SHORTEST_CODE) return false;
  if (/\d/.test(letters)) return /[A-Za-z]/.test(letters) || letters.length > FEWEST_DIGITS;
  return /^[A-Z]+$/.test(letters) && /\p{Ll}/u.test(text);
};

/** Whether a number (E.164) is the one that was written, perhaps without its country. */
export const isSamePhone = (e164: string, { digits, e164: whole }: SaidPhone): boolean =>
  whole === undefined ? e164.replaceAll(/\D/g, '').endsWith(digits) : e164 === whole;
