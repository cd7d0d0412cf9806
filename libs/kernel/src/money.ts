/** An amount in the smallest unit of its currency: 59150 of GBP is £591.50. Never a float. */
export interface Money {
  readonly amount: number;
  /** ISO 4217, in upper case. */
  readonly currency: string;
}

const namesOf = (names: string, of: number): [string, number][] =>
  names.split(' ').map((name) => [name, of]);

/**
 * Minor units by ISO 4217, where they are not two. Written out: what `Intl` answers follows the runtime's own tables,
 * and the same body must always be the same amount.
 */
const digits = new Map<string, number>([
  ...namesOf('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF', 0),
  ...namesOf('BHD IQD JOD KWD LYD OMR TND', 3),
  ...namesOf('CLF UYW', 4),
]);

export const minorDigitsOf = (currency: string): number => digits.get(currency) ?? 2;

/** As people read it, in no language: `591.50 GBP`. By its digits, nothing is divided. */
export const moneyText = ({ amount, currency }: Money): string =>
  `${pointed(amount, minorDigitsOf(currency))} ${currency}`;

/** A whole number with its point moved to the left: 455 by two is `4.55`. */
export const pointed = (scaled: number, places: number): string => {
  const text = String(Math.abs(scaled)).padStart(places + 1, '0');
  const sign = scaled < 0 ? '-' : '';
  if (places === 0) return `${sign}${text}`;
  return `${sign}${text.slice(0, -places)}.${text.slice(-places)}`;
};
