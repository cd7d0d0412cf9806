import { minorDigitsOf, type Money } from '#libs/kernel';

const CURRENCY = /^[a-z]{3}$/i;

export const currencyOf = (value: unknown): string | undefined =>
  typeof value === 'string' && CURRENCY.test(value) ? value.toUpperCase() : undefined;

/**
 * Providers write amounts as JSON numbers or text in the major unit. The decimal digits are taken and shifted, so
 * nothing is multiplied. Digits beyond the currency's are traces of the sender's floats, and are rounded half away
 * from zero.
 */
export const moneyOf = (value: unknown, currency: unknown): Money | undefined => {
  const named = currencyOf(currency);
  if (named === undefined) return undefined;
  const amount = minorOf(decimalOf(value), minorDigitsOf(named));
  return amount === undefined ? undefined : { amount, currency: named };
};

/** A number with so many digits kept, as an integer: 4.55 with two is 455. */
export const scaledOf = (value: unknown, places: number): number | undefined =>
  minorOf(decimalOf(value), places);

interface Decimal {
  readonly negative: boolean;
  readonly whole: string;
  readonly part: string;
}

const DECIMAL = /^(-?)(\d{1,18})(?:\.(\d{1,30}))?$/;

/** The shortest text of a number is exactly what was written; with an exponent it is no amount. */
const decimalOf = (value: unknown): Decimal | undefined => {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const [, sign, whole, part] = DECIMAL.exec(String(value).trim()) ?? [];
  return whole === undefined ? undefined : { negative: sign === '-', whole, part: part ?? '' };
};

const minorOf = (decimal: Decimal | undefined, places: number): number | undefined => {
  if (!decimal) return undefined;
  const { negative, whole, part } = decimal;
  const kept = Number(whole + part.slice(0, places).padEnd(places, '0'));
  const amount = kept + ((part[places] ?? '0') >= '5' ? 1 : 0);
  if (!Number.isSafeInteger(amount)) return undefined;
  return negative && amount !== 0 ? -amount : amount;
};
