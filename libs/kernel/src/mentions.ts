const PART_OF_A_WORD = /[\p{L}\p{N}]/u;

/** Whether a text holds one of these by itself, not inside a longer word or number. */
export const mentionsOneOf = (text: string, words: readonly string[]): boolean =>
  words.some((word) => mentions(text, word));

const mentions = (text: string, word: string): boolean => {
  if (word === '') return false;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const around = [text.charAt(at - 1), text.charAt(at + word.length)];
    if (!around.some((one) => PART_OF_A_WORD.test(one))) return true;
  }
  return false;
};
