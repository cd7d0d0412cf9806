import { isKnownGivenName, isKnownName } from './known-names.js';

/** In a shorter word one letter is too much of it: Anna and Anja, Lena and Lene. */
const SHORTEST = 5;

/** Given names of this length and more seldom differ from another one in a single letter. */
const LONG_GIVEN_NAME = 7;

/**
 * Whether one of two words can be the other misspelt, beside these other words of the name that agree. Two
 * known names are two people. Where one is known, the other is a slip of it. Where neither is, `rest` has to
 * be the whole rest of the name, word for word.
 */
export const isMisspelling = (
  a: string,
  b: string,
  rest: readonly string[] | undefined,
): boolean => {
  if (Math.min(a.length, b.length) < SHORTEST || stemOf(a) === stemOf(b)) return false;
  const slip = slipBetween(a, b);
  if (!slip) return false;
  const known = [a, b].filter(isKnownName);
  if (known.length === 2 || (known.length === 0 && !rest)) return false;
  const [name] = known;
  // Who shares a number mostly shares the family name, so the given name is what tells two people apart.
  const isGiven = name === undefined ? !rest?.some(isKnownGivenName) : isKnownGivenName(name);
  if (!isGiven || slip.kind !== 'another letter') return true;
  return slip.at > 0 && Math.min(a.length, b.length) >= LONG_GIVEN_NAME;
};

/** Maria and Mario, Daniel and Daniela, Ivanov and Ivanova: what differs in the last vowel is another name. */
const stemOf = (word: string): string => word.replace(/[aeiouy]+$/, '');

interface Slip {
  readonly kind: 'another letter' | 'one letter more' | 'two letters swapped';
  /** Where the words part. */
  readonly at: number;
}

/** How two words differ, where it takes one slip to make one of the other. */
const slipBetween = (a: string, b: string): Slip | undefined => {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1 || a === b) return undefined;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length)
    return short.slice(at) === long.slice(at + 1) ? { kind: 'one letter more', at } : undefined;
  if (short.slice(at + 1) === long.slice(at + 1)) return { kind: 'another letter', at };
  const isSwapped = short[at] === long[at + 1] && short[at + 1] === long[at];
  return isSwapped && short.slice(at + 2) === long.slice(at + 2)
    ? { kind: 'two letters swapped', at }
    : undefined;
};
