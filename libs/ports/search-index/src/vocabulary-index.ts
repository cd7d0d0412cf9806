import { isWithinEdits } from './edits.js';
import type { VocabularyWord } from './search-index.port.js';

/** A word and in how many units it stands; in none: it goes. */
export type WordCount = readonly [word: string, units: number];

/** Up to five characters a word has one edit, a longer one two. */
const SHORT = 5;
/** What is near a word in meaning is seldom the fiftieth by frequency. */
const NEAR_MOST = 50;

/** Words of one length, side by side, so that a look through all of them touches little memory. */
interface SameLength {
  readonly words: string[];
  /** Which letters stand in each: a bit for each of 32 groups. */
  readonly letters: number[];
}

/** The words of a generation in memory: what adapters share to answer as a vocabulary does. */
export class VocabularyIndex {
  readonly #units = new Map<string, number>();
  readonly #byLength: (SameLength | undefined)[] = [];
  readonly #byBeginning = new Map<string, Set<string>>();

  constructor(words: Iterable<WordCount> = []) {
    this.apply(words);
  }

  apply(changed: Iterable<WordCount>): void {
    for (const [word, units] of changed) {
      const isNew = !this.#units.has(word);
      if (units > 0) this.#units.set(word, units);
      if (units > 0 && isNew) this.#add(word);
      if (units <= 0 && !isNew) this.#remove(word);
    }
  }

  count(word: string): number {
    return this.#units.get(word) ?? 0;
  }

  near(word: string): VocabularyWord[] {
    const { length } = word;
    const edits = length <= SHORT ? 1 : 2;
    const letters = lettersOf(word);
    const found: string[] = [];
    for (let other = Math.max(1, length - edits); other <= length + edits; other++) {
      const same = this.#byLength[other];
      if (!same) continue;
      same.letters.forEach((theirs, i) => {
        // An edit changes at most two groups of letters.
        if (bitsIn(theirs ^ letters) > 2 * edits) return;
        const candidate = same.words[i] ?? '';
        if (isWithinEdits(word, candidate, edits)) found.push(candidate);
      });
    }
    return this.#mostFrequent(found, NEAR_MOST);
  }

  beginning(beginning: string, limit: number): VocabularyWord[] {
    const exact = this.#byBeginning.get(keyOf(beginning));
    const candidates =
      beginning.length >= KEY_LENGTH
        ? (exact ?? [])
        : [...this.#byBeginning].flatMap(([key, words]) =>
            key.startsWith(beginning) ? [...words] : [],
          );
    const found = [...candidates].filter((word) => word.startsWith(beginning));
    return this.#mostFrequent(found, limit);
  }

  #mostFrequent(words: readonly string[], limit: number): VocabularyWord[] {
    return words
      .map((word) => ({ word, units: this.count(word) }))
      .sort((a, b) => b.units - a.units || (a.word < b.word ? -1 : 1))
      .slice(0, limit);
  }

  #add(word: string): void {
    const same = (this.#byLength[word.length] ??= { words: [], letters: [] });
    same.words.push(word);
    same.letters.push(lettersOf(word));
    const key = keyOf(word);
    const words = this.#byBeginning.get(key);
    if (words) words.add(word);
    else this.#byBeginning.set(key, new Set([word]));
  }

  #remove(word: string): void {
    this.#units.delete(word);
    const same = this.#byLength[word.length];
    const at = same?.words.indexOf(word) ?? -1;
    if (same && at >= 0) {
      const [last, letters] = [same.words.pop() ?? '', same.letters.pop() ?? 0];
      if (at < same.words.length) [same.words[at], same.letters[at]] = [last, letters];
    }
    this.#byBeginning.get(keyOf(word))?.delete(word);
  }
}

const KEY_LENGTH = 2;
const keyOf = (word: string): string => word.slice(0, KEY_LENGTH);

const lettersOf = (word: string): number => {
  let letters = 0;
  for (let i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) & 31);
  return letters;
};

const bitsIn = (number: number): number => {
  let bits = number - ((number >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};
