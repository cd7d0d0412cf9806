/** Stands for a digit that nobody needs to read. One UTF-16 unit, so that no place in the text moves. */
const DOT = '•';

/** As cards are written: without blanks, by fours, or 4-6-5 and 4-6-4. Longest first. */
const CARDS = [
  /\d{4}([ \u00A0.\-–])\d{4}\1\d{4}\1\d{4}\1\d{1,3}(?!\p{N})/uy,
  /\d{4}([ \u00A0.\-–])\d{4}\1\d{4}\1\d{1,4}(?!\p{N})/uy,
  /\d{4}([ \u00A0.\-–])\d{6}\1\d{4,5}(?!\p{N})/uy,
  /\d{13,19}(?!\p{N})/uy,
];
/** As accounts are written: without blanks, or by fours. */
const ACCOUNTS = [
  /[A-Z]{2}\d{2}(?:([ \u00A0])[A-Z0-9]{4}(?:\1[A-Z0-9]{4})*(?:\1[A-Z0-9]{1,3})?)/iuy,
  /[A-Z]{2}\d{2}[A-Z0-9]{11,30}/iuy,
];
/** How long an account is in each country: without it, many a booking code before a name would pass for one. */
const ACCOUNT_LENGTHS: Readonly<Record<string, number>> = {
  ...{ AD: 24, AE: 23, AL: 28, AT: 20, AZ: 28, BA: 20, BE: 16, BG: 22, BH: 22, BR: 29, BY: 28 },
  ...{ CH: 21, CR: 22, CY: 28, CZ: 24, DE: 22, DK: 18, DO: 28, EE: 20, EG: 29, ES: 24, FI: 18 },
  ...{ FO: 18, FR: 27, GB: 22, GE: 22, GI: 23, GL: 18, GR: 27, GT: 28, HR: 21, HU: 28, IE: 22 },
  ...{ IL: 23, IQ: 23, IS: 26, IT: 27, JO: 30, KW: 30, KZ: 20, LB: 28, LC: 32, LI: 21, LT: 20 },
  ...{ LU: 20, LV: 21, MC: 27, MD: 24, ME: 22, MK: 19, MR: 27, MT: 31, MU: 30, NL: 18, NO: 15 },
  ...{ PK: 24, PL: 28, PS: 29, PT: 25, QA: 29, RO: 24, RS: 22, SA: 24, SE: 24, SI: 19, SK: 24 },
  ...{ SM: 27, TL: 23, TN: 24, TR: 26, UA: 29, VA: 22, VG: 24, XK: 20 },
};
/** Where either may begin. */
const BEGINNING = /(?<![\p{L}\p{N}•])(?:\d{4}|[A-Za-z]{2}\d{2})/gu;
/** The check digits of a card, said as such. */
const CARD_CODE =
  /(?<![\p{L}\p{N}])(?:cvv2?|cvc2?|cvn|csc|card (?:security|verification) (?:code|number)|sicherheitscode|prüfnummer|prüfziffer|cryptogramme(?: visuel)?|código de (?:seguridad|segurança))(?![\p{L}\p{N}])[^\p{N}\n]{0,16}(\d{3,4})(?!\p{N})/giu;

/**
 * Takes out what must not stand in an index and helps nobody to find anything: card numbers, their check digits, and
 * bank accounts. Door codes and passwords stay: they are what people ask for. The length stays as it is.
 */
export const masked = (text: string): string => {
  if (!/\d{2}/u.test(text)) return text;
  return withoutNumbers(text).replace(CARD_CODE, (found, code: string) => {
    const at = found.lastIndexOf(code);
    return found.slice(0, at) + dotted(code) + found.slice(at + code.length);
  });
};

const withoutNumbers = (text: string): string => {
  let kept = '';
  let at = 0;
  for (const { index } of text.matchAll(BEGINNING)) {
    if (index < at) continue;
    const number = cardAt(text, index) ?? accountAt(text, index);
    if (number === undefined) continue;
    kept += text.slice(at, index) + dotted(number);
    at = index + number.length;
  }
  return kept + text.slice(at);
};

const dotted = (text: string): string => text.replace(/[\p{L}\p{N}]/gu, DOT);

const cardAt = (text: string, at: number): string | undefined => {
  for (const form of CARDS) {
    form.lastIndex = at;
    const found = form.exec(text)?.[0];
    if (found !== undefined && isCardNumber(found.replace(/\D/gu, ''))) return found;
  }
  return undefined;
};

/** By the check digit that every card number has, and by how cards begin: other numbers mostly fail one of them. */
const isCardNumber = (digits: string): boolean => {
  if (digits.length < 13 || !/^(?:[3-6]|2[2-7])/u.test(digits) || /^(\d)\1+$/u.test(digits))
    return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
};

/** A word after the account may look like more of it, so the country says where it ends. */
const accountAt = (text: string, at: number): string | undefined => {
  const length = ACCOUNT_LENGTHS[text.slice(at, at + 2).toUpperCase()];
  if (length === undefined) return undefined;
  for (const form of ACCOUNTS) {
    form.lastIndex = at;
    const part = firstSigns(form.exec(text)?.[0] ?? '', length);
    if (part === undefined || /[\p{L}\p{N}]/u.test(text.charAt(at + part.length))) continue;
    if (isAccount(part.replace(/[ \u00A0]/gu, '').toUpperCase())) return part;
  }
  return undefined;
};

/** The beginning that holds so many letters and digits; nothing where there are fewer. */
const firstSigns = (text: string, count: number): string | undefined => {
  let left = count;
  for (let end = 0; end < text.length; end++) {
    if (!/[ \u00A0]/u.test(text.charAt(end))) left -= 1;
    if (left === 0) return text.slice(0, end + 1);
  }
  return undefined;
};

const isAccount = (account: string): boolean => {
  let rest = 0;
  for (const sign of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
};
