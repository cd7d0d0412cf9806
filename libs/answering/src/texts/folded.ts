/** For comparing words: lower case, without accents, one space between words. */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll(/[’‘`´]/gu, "'")
    .replaceAll(/[\s\u00a0]+/gu, ' ')
    .trim();
