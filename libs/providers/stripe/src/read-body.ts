import type { Foreign } from '#libs/foreign';
import { minorDigitsOf, type Money } from '#libs/kernel';

/** Stripe's ids: what it is, and letters and digits. */
const ID = /^(?:evt|pi|ch|py|du|dp|re)_[A-Za-z0-9]{1,100}$/;

export const idOf = (value: unknown): string | undefined =>
  typeof value === 'string' && ID.test(value) ? value : undefined;

export const eventIdOf = (event: Foreign): string | undefined => idOf(event.id);

const EVENT = /^[a-z_]{1,40}(?:\.[a-z_]{1,40}){1,3}$/;

/** Names of events are shown to everybody, so only a name of the usual form is taken. */
export const eventOf = ({ type }: Foreign): string | undefined =>
  typeof type === 'string' && EVENT.test(type) ? type : undefined;

/** Without minor units by ISO 4217, and written by Stripe with two all the same. */
const WITH_TWO_ANYWAY = new Set(['ISK', 'UGX']);

/** With minor units by ISO 4217 (five to the ariary), and written by Stripe without. */
const WITHOUT_ANY = new Set(['MGA']);

/**
 * Amounts come in the smallest unit already: whole, and never divided or multiplied but where Stripe's
 * smallest unit is another than ours.
 */
export const moneyOf = (amount: unknown, currency: unknown): Money | undefined => {
  if (typeof currency !== 'string' || !/^[a-z]{3}$/i.test(currency)) return undefined;
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount)) return undefined;
  const code = currency.toUpperCase();
  if (WITHOUT_ANY.has(code)) return majorOf(amount, code);
  if (!WITH_TWO_ANYWAY.has(code)) return { amount, currency: code };
  return amount % 100 === 0 ? { amount: amount / 100, currency: code } : undefined;
};

const majorOf = (units: number, currency: string): Money | undefined => {
  const amount = units * 10 ** minorDigitsOf(currency);
  return Number.isSafeInteger(amount) ? { amount, currency } : undefined;
};
