import type { Id } from '#libs/kernel';

/** A word, a stem or a code as a keyed 32-bit hash: no byte of an index holds a word of a passage. */
export type TermHash = number;

/** Sorts of terms, each with a weight of its own in a query. */
export type TermField = 'title' | 'word' | 'stem' | 'part';

/** A passage as an index keeps it: everything but its text. */
export interface IndexedPassage {
  readonly id: Id;
  /** Where it stands in its unit. */
  readonly path: string;
  /** The records its text comes from, as `kind/id`; mostly one. */
  readonly records: readonly string[];
  /** Keyed hash of its text. */
  readonly hash: string;
  readonly language: string;
  /** What it is about, as `kind/id` of records and the like: a question may be limited to it. */
  readonly scope: readonly string[];
  /** A superset of who may read it: principals. Who asks is checked again at each record. */
  readonly audience: readonly string[];
  /** What it says happened between these times (ms); missing: it has no time. */
  readonly from?: number;
  readonly to?: number;
  readonly terms: Readonly<Record<TermField, readonly TermHash[]>>;
  /** What it means, of length 1; missing: what stood beside it with the same text stays, else it follows later. */
  readonly vector?: Float32Array;
}

/** From which state of the records it was rendered. Compared in this order; an equal one overwrites. */
export interface UnitFence {
  /** The generation of the records. */
  readonly generation: number;
  readonly era: number;
  readonly position: number;
}

/** What is indexed as a whole: a record, or the messages of a thread. */
export interface IndexedUnit {
  /** `kind/id` of the record, or of the record that the thread is. */
  readonly unit: string;
  readonly kind: string;
  readonly fence: UnitFence;
  /** Digest of all its passages and of what they are filtered by. */
  readonly digest: string;
  /** All of them: what was there before is replaced. None: the unit is found no more, its fence stays. */
  readonly passages: readonly IndexedPassage[];
  /** Folded words of its passages, each once, for typos and beginnings of words. */
  readonly words: readonly string[];
}

export interface UnitState {
  readonly unit: string;
  readonly kind: string;
  readonly fence: UnitFence;
  readonly digest: string;
  readonly passages: number;
}

export interface UnitPage {
  readonly items: readonly UnitState[];
  /** Missing on the last page. */
  readonly next?: string;
}

export interface IndexQuery {
  /** Any of them, in any field that is named. */
  readonly terms: readonly { readonly field: TermField; readonly term: TermHash }[];
  readonly weights: Readonly<Record<TermField, number>>;
  /** Principals who ask: a passage is found only if one of them is in its audience. */
  readonly audience: readonly string[];
  /** About one of these; missing: about anything. */
  readonly scope?: readonly string[];
  readonly kinds?: readonly string[];
  /** Only what overlaps; what has no time is found as well. */
  readonly from?: number;
  readonly to?: number;
  readonly limit: number;
}

export interface IndexHit {
  readonly unit: string;
  readonly kind: string;
  readonly passage: Omit<IndexedPassage, 'terms' | 'audience' | 'vector'>;
  /** Higher is better; comparable within one answer only. */
  readonly score: number;
}

/** What weighs a term: in how many passages it stands. */
export interface IndexStatistics {
  readonly passages: number;
  /** Terms of a passage on average, in the field `stem`. */
  readonly averageLength: number;
  /** One each, in order. Exact; above 20,000 it may be old by one percent of all passages. */
  readonly frequencies: readonly number[];
}

/**
 * Passages by their terms, in generations.
 *
 * Fences: `replace` writes a unit over an older or an equal fence only, all its passages or none. So a late writer
 * never revives what a newer state removed.
 * Filters hold inside the search: a limit counts only what passes every filter.
 * Cost is bounded: beyond 20,000 passages a term in very many of them may be left out where rarer ones are asked for
 * too. So what holds only such a term may be missing; ranked by all terms it would come last.
 * Durability: an answered `replace` is seen by every later `find`, and survives a restart. What is lost with a disk is
 * rebuilt from the records.
 * Failure: `SEARCH_INDEX_UNAVAILABLE`, `STORE_FULL`. A batch may be written in part; doing it again is safe.
 */
export interface SearchIndex {
  /** One outcome each, in order. */
  replace(
    generation: number,
    units: readonly IndexedUnit[],
  ): Promise<readonly ('written' | 'stale')[]>;

  /** Best first. */
  find(generation: number, query: IndexQuery): Promise<readonly IndexHit[]>;

  statistics(
    generation: number,
    terms: readonly { readonly field: TermField; readonly term: TermHash }[],
  ): Promise<IndexStatistics>;

  /** One answer each, in order; also of units without passages. */
  states(generation: number, units: readonly string[]): Promise<readonly (UnitState | undefined)[]>;

  /** Units with a passage whose text comes from one of these records (`kind/id`). */
  unitsOf(generation: number, records: readonly string[]): Promise<readonly string[]>;

  /** All units in an order that stays. */
  list(
    generation: number,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<UnitPage>;

  /** Removes a whole generation. Doing it again changes nothing. */
  drop(generation: number): Promise<void>;
}

export interface VocabularyWord {
  readonly word: string;
  /** In how many units it stands. */
  readonly units: number;
}

/** The words that stand in a generation now. Nothing of it is shown to people: it helps to read their questions. */
export interface Vocabulary {
  /**
   * Words within one edit of a short word (up to five characters) and two of a longer one, itself included. An edit
   * adds, leaves out or changes a letter, or swaps two neighbours. Most frequent first, at most fifty; one list each,
   * in order.
   */
  near(
    generation: number,
    words: readonly string[],
  ): Promise<readonly (readonly VocabularyWord[])[]>;

  /** Words that begin so, most frequent first, at most `limit` each; one list each, in order. */
  beginning(
    generation: number,
    beginnings: readonly string[],
    limit: number,
  ): Promise<readonly (readonly VocabularyWord[])[]>;

  /** One each, in order: in how many units it stands, 0 for a word that is nowhere. */
  count(generation: number, words: readonly string[]): Promise<readonly number[]>;
}

/** A vector that follows its passage. */
export interface PassageVector {
  readonly passage: Id;
  /** Of the text it was made from: it is put beside a passage with this hash only. */
  readonly hash: string;
  /** Of length 1. */
  readonly vector: Float32Array;
}

export interface VectorQuery extends Pick<
  IndexQuery,
  'audience' | 'scope' | 'kinds' | 'from' | 'to' | 'limit'
> {
  /** Of length 1. */
  readonly vector: Float32Array;
}

/**
 * What passages mean, beside what they say. A vector goes when its passage goes. Scores are the
 * cosine of the stored vector with the one asked for, to two digits at least: -1 to 1.
 * In a generation without a dimension nothing is near anything.
 */
export interface PassageVectors {
  /**
   * Makes a generation ready for vectors of this dimension. Doing it again changes nothing; another dimension than
   * before is `SEARCH_INDEX_DIMENSION`. A generation that was never begun so is made by its first write, and takes none.
   */
  begin(generation: number, shape: { readonly dimension: number }): Promise<void>;

  /** `stale`: the passage is gone, or says something else. One outcome each, in order. */
  putVectors(
    generation: number,
    vectors: readonly PassageVector[],
  ): Promise<readonly ('written' | 'stale')[]>;

  /** Units with a passage that has no vector yet, in an order that stays. */
  withoutVectors(
    generation: number,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<readonly string[]>;

  /** Nearest first. Filters hold inside the search, as in `find`. */
  nearest(generation: number, query: VectorQuery): Promise<readonly IndexHit[]>;

  /** How near each of these passages is; one answer each, in order. */
  nearness(
    generation: number,
    vector: Float32Array,
    passages: readonly Id[],
  ): Promise<readonly (number | undefined)[]>;
}
