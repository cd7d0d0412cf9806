/** Letters that Unicode does not take apart into a plain letter and a mark. */
const plain: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', ẞ: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' },
  ...{ ħ: 'h', ŋ: 'n', ŧ: 't', ĸ: 'k', ſ: 's' },
};

const ONLY_ASCII = /^[\0-\x7f]*$/;
const MARKS = /\p{M}+/gu;
const SPECIAL = /[ßẞæœøłđðþıħŋŧĸſ]/g;

/** Small letters without marks: `Müller` and `MULLER` are `muller`, `Straße` is `strasse`. */
export const fold = (text: string): string => {
  const lower = text.toLowerCase();
  if (ONLY_ASCII.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(SPECIAL, (letter) => plain[letter] ?? letter);
};

const SPELT_OUT = /(?<![aeiouq])([aou])e(?!u)/g;

/**
 * `mueller` as `muller`: who has no key for an umlaut writes an `e` after the vowel. The same text if it holds none.
 */
export const withoutSpeltOutUmlauts = (folded: string): string =>
  folded.length < 4 ? folded : folded.replace(SPELT_OUT, '$1');
