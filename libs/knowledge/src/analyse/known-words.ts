import type { Vocabulary, VocabularyWord } from '#libs/ports/search-index';

/** The vocabulary of the generation that is searched. */
export interface KnownWords {
  near(words: readonly string[]): Promise<readonly (readonly VocabularyWord[])[]>;
  beginning(
    beginnings: readonly string[],
    limit: number,
  ): Promise<readonly (readonly VocabularyWord[])[]>;
  count(words: readonly string[]): Promise<readonly number[]>;
}

export const knownWordsOf = (vocabulary: Vocabulary, generation: number): KnownWords => ({
  near: (words) => vocabulary.near(generation, words),
  beginning: (beginnings, limit) => vocabulary.beginning(generation, beginnings, limit),
  count: (words) => vocabulary.count(generation, words),
});
