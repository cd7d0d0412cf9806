import { isMisspelling } from './misspellings.js';
import { nicknames } from './nicknames.js';
import { folded } from './spelling.js';

/**
 * Whether two names can be of one person. `same`: two words or more agree, and none disagrees. `near`: one
 * word stands alone and agrees. `unclear`: nothing to compare, or only initials. `apart`: they disagree.
 */
export type NameVerdict = 'same' | 'near' | 'unclear' | 'apart';

export const compareNames = (a: string | undefined, b: string | undefined): NameVerdict => {
  const [short, long] = [wordsOf(a), wordsOf(b)].sort((x, y) => x.length - y.length);
  if (!short || !long || short.length === 0) return 'unclear';
  if (scriptOf(short) !== scriptOf(long)) return 'unclear';
  // Annamaria is Anna Maria, and Mac Donald is MacDonald.
  if (short.join('') === long.join('')) return short.length > 1 ? 'same' : 'near';
  const agreeing = agreement(short, long);
  if (agreeing.disagree > 0) return 'apart';
  if (agreeing.initials > 0) return 'unclear';
  return agreeing.full > 1 ? 'same' : 'near';
};

/** The same words, in any order and spelling. */
export const areIdentical = (a: string | undefined, b: string | undefined): boolean => {
  const [first, second] = [wordsOf(a), wordsOf(b)].map((words) => [...words].sort().join(' '));
  return first !== '' && first === second;
};

interface Agreement {
  full: number;
  initials: number;
  disagree: number;
}

/** Each word of the shorter name finds one of its own in the longer one, or disagrees. */
const agreement = (short: readonly string[], long: readonly string[]): Agreement => {
  const left = [...long];
  const found: Agreement = { full: 0, initials: 0, disagree: 0 };
  const take = (fits: (other: string) => boolean): boolean => {
    const at = left.findIndex(fits);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  };
  const inexact = short.filter((word) => !take((other) => word === other));
  const unmet = inexact.filter((word) => !take((other) => haveNickname(word, other)));
  const exact = short.filter((word) => !inexact.includes(word));
  const isWholeRest = inexact.length === 1 && exact.length > 0 && left.length === 1;
  const rest = isWholeRest ? exact : undefined;
  const strange = unmet.filter((word) => !take((other) => isMisspelling(word, other, rest)));
  found.full = short.length - strange.length;
  for (const word of strange)
    if (take((other) => isInitialOf(word, other) || isInitialOf(other, word))) found.initials += 1;
    else found.disagree += 1;
  return found;
};

const haveNickname = (a: string, b: string): boolean =>
  nicknames.get(a)?.some((group) => nicknames.get(b)?.includes(group)) ?? false;

const isInitialOf = (initial: string, word: string): boolean =>
  initial.length === 1 && word.startsWith(initial);

/** Words that people write beside a name in an address book; they name nobody. */
const NOISE = new Set(
  (
    'mr mrs ms miss dr prof sir herr frau hr fr sr sra srta don dona senor senora monsieur madame mme ' +
    'guest gast gaest huesped ospite cliente client booking airbnb vrbo expedia homeaway guesty agoda ' +
    'apt apartment apartamento wohnung flat room unit villa house studio check checkin checkout stay ' +
    'new neu old mobile mobil handy whatsapp private privat home work buero office test via from and und y e ' +
    'jan feb mar apr jun jul aug sep sept oct okt nov dec dez mai ' +
    'van von der den de da di del della dos das du la le el al bin ibn the jr sr ii iii'
  ).split(' '),
);

const known = new Map<string, readonly string[]>();
const KNOWN_LIMIT = 4096;

/** The words that name somebody, in one spelling. */
export const wordsOf = (name: string | undefined): readonly string[] => {
  if (name === undefined || name === '') return [];
  const before = known.get(name);
  if (before) return before;
  if (known.size >= KNOWN_LIMIT) known.clear();
  const words = plain(name)
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== '' && !NOISE.has(word))
    .map(folded);
  known.set(name, words);
  return words;
};

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'a')
    .replaceAll('œ', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('đ', 'd')
    .replaceAll('ı', 'i')
    .replaceAll(/['’`´]/gu, '')
    .normalize('NFD')
    .replaceAll(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFC');

const scriptOf = (words: readonly string[]): string => {
  const text = words.join('');
  if (/\p{Script=Latin}/u.test(text)) return 'latin';
  if (/\p{Script=Cyrillic}/u.test(text)) return 'cyrillic';
  if (/\p{Script=Greek}/u.test(text)) return 'greek';
  if (/\p{Script=Arabic}/u.test(text)) return 'arabic';
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'cjk';
  return 'other';
};
