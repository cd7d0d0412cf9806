/** A word of a text in the spelling that names are compared in. */
export interface NameWord {
  readonly text: string;
  /** Written with a capital in the middle of a sentence, as names are. */
  readonly isCapital: boolean;
  /** Where it stands, in words. */
  readonly at: number;
  /** Where it stands, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  æ: 'a',
  œ: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
};

/** `Müller`, `Mueller` and `Muller` become one spelling. Only for comparing: it is no word any more. */
export const foldedName = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[ßøæœłđı]/gu, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/([aou])e/gu, '$1')
    .replaceAll(/['’`´]/gu, '');

const WORD = /&|[\p{L}\p{M}\p{N}'’`´]+/gu;
const SENTENCE_END = /(?:^|[.!?:]\s*)$/u;
/** So much before a word tells whether a sentence begins with it. */
const BEFORE = 3;

/** The words of a text, in order. `&` is read as `and`, as people say it. */
export const nameWordsIn = (text: string): readonly NameWord[] =>
  [...text.matchAll(WORD)]
    .map(({ 0: written, index }) => ({
      text: written === '&' ? 'and' : foldedName(written),
      isCapital: isCapitalIn(written, text.slice(Math.max(0, index - BEFORE), index)),
      start: index,
      end: index + written.length,
    }))
    .filter(({ text: word }) => word !== '')
    .map((word, at) => ({ ...word, at }));

const isCapitalIn = (written: string, before: string): boolean =>
  /^\p{Lu}/u.test(written) && !SENTENCE_END.test(before);
