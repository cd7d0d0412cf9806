/** Stands for a digit that nobody needs to read. One UTF-16 unit, so that no place in the text moves. */
const DOT = '•';

/** As cards are written: without blanks, by fours, or 4-6-5 and 4-6-4. Longest first. */
const CARDS = [
  /\d{4}([ \u00A0.\-–])\d{4}\1\d{4}\1\d{4}\1\d{1,3}(?!\p{N})/uy,
  /\d{4}([ \u00A0.\-–])\d{4}\1\d{4}\1\d{1,4}(?!\p{N})/uy,
  /\d{4}([ \u00A0.\-–])\d{6}\1\d{4,5}(?!\p{N})/uy,
  /\d{13,19}(?!\p{N})/uy,
];
const ACCOUNT = /[A-Z]{2}\d{2}(?:[ \u00A0]?[A-Z0-9]){11,30}/iuy;
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

/** A word after the account may look like more of it: the longest beginning with the right check digits counts. */
const accountAt = (text: string, at: number): string | undefined => {
  ACCOUNT.lastIndex = at;
  const found = ACCOUNT.exec(text)?.[0] ?? '';
  for (let end = found.length; end >= 15; end--) {
    if (/[\p{L}\p{N}]/u.test(text.charAt(at + end))) continue;
    const part = found.slice(0, end).trimEnd();
    if (isAccount(part.replace(/[ \u00A0]/gu, '').toUpperCase())) return part;
  }
  return undefined;
};

const isAccount = (account: string): boolean => {
  if (account.length < 15 || account.length > 34) return false;
  let rest = 0;
  for (const sign of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
};
