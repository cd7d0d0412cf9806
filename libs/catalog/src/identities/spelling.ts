/** `Mueller` is `Müller`: the two-letter spellings become the plain letter in every comparison of names. */
export const folded = (word: string): string =>
  word.replaceAll('ae', 'a').replaceAll('oe', 'o').replaceAll('ue', 'u').replaceAll('aa', 'a');
