import type { TermHash, TermField } from '#libs/ports/search-index';

/** A passage as terms. */
export interface PassageAnalysis {
  readonly language: string;
  readonly terms: Readonly<Record<TermField, readonly TermHash[]>>;
  /** Folded words, each once: for the vocabulary. */
  readonly words: readonly string[];
}

/** One word of a question, with all that may stand for it in a passage. */
export interface QuestionWord {
  /** As it was written. */
  readonly written: string;
  /** Its place in the question, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** What it counts beside the other words: one of an earlier turn counts less. Missing: 1. */
  readonly weight?: number;
  /** Weighs less where it is a guess (a typo, a synonym, a part of a compound): from 0 to 1. */
  readonly forms: readonly {
    readonly field: TermField;
    readonly term: TermHash;
    readonly weight: number;
    /** It counts only where these stems stand one after the other: `late arrival`. The term is the one at `at`. */
    readonly phrase?: { readonly stems: readonly TermHash[]; readonly at: number };
    /** The language of a translation: in passages of another one it counts little. */
    readonly language?: string;
  }[];
}

export interface QuestionAnalysis {
  /** The most likely first; a short question has several. */
  readonly languages: readonly string[];
  /** Words that carry meaning; stop words are left out unless nothing else is there. */
  readonly words: readonly QuestionWord[];
  /**
   * The stop words that were left out. They order what was found ("how much" is not "how long"), and find something
   * within a small scope. Without a scope they would find everything.
   */
  readonly faint?: readonly QuestionWord[];
}
