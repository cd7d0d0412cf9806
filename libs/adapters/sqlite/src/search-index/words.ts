import type { WordCount } from '#libs/ports/search-index';

import type { IndexFile } from './index-file.js';
import { packSlots, unpackSlots } from './slots.js';
import type { GenerationTables } from './tables.js';

const LIVE = 1;

/**
 * The words of one generation. A slot holds one word and never moves; new slots are added at the right end. A word that
 * stands nowhere any more is overwritten in its place by zeros of its own length. So no split or merge of pages leaves
 * a second copy behind, as `secure_delete` alone would. A free slot takes the next word of its length.
 */
export class IndexWords {
  readonly #slots = new Map<string, number>();
  readonly #words: (string | undefined)[] = [];
  readonly #counts: number[] = [];
  readonly #free = new Map<number, number[]>();
  /** Slots whose count changed since the last commit, and the same as a mark for each slot. */
  #touched: number[] = [];
  readonly #isTouched: boolean[] = [];

  constructor(
    private readonly file: IndexFile,
    private readonly tables: Pick<GenerationTables, 'words' | 'units'>,
  ) {
    for (const row of file.sql(`SELECT slot, word FROM ${tables.words} ORDER BY slot`).all()) {
      const bytes = row['word'] as Uint8Array;
      const slot = Number(row['slot']);
      if (bytes[0] === LIVE) this.#hold(slot, decoder.decode(bytes.subarray(1)));
      else this.#release(slot, bytes.length);
    }
    for (const row of file.sql(`SELECT words FROM ${tables.units}`).iterate())
      for (const slot of unpackSlots(row['words'] as Uint8Array)) this.#add(slot, 1);
    this.#untouch();
  }

  /** Counts the new words of a unit in and its old ones out. Answers what its row keeps of them. */
  replace(before: Uint8Array | undefined, words: readonly string[]): Uint8Array {
    const sorted = new Uint32Array(words.length);
    for (let i = 0; i < words.length; i++) {
      const word = words[i] ?? '';
      sorted[i] = this.#slots.get(word) ?? this.#write(word);
    }
    const slots = eachOnce(sorted.sort());
    this.#count(before ? unpackSlots(before) : [], slots);
    return packSlots(slots);
  }

  /** Before a commit: overwrites what stands nowhere any more. Answers what changed since the last time. */
  settle(): WordCount[] {
    const changed: WordCount[] = [];
    for (const slot of this.#touched) {
      const word = this.#words[slot];
      const units = this.#counts[slot] ?? 0;
      if (word === undefined) continue;
      changed.push([word, units]);
      if (units === 0) this.#erase(slot, word);
    }
    this.#untouch();
    return changed;
  }

  all(): WordCount[] {
    return [...this.#slots].map(([word, slot]) => [word, this.#counts[slot] ?? 0]);
  }

  /** Both are sorted: what stands in one of them only has changed. */
  #count(before: readonly number[], after: Uint32Array): void {
    let old = 0;
    for (const slot of after) {
      while (old < before.length && (before[old] ?? 0) < slot) this.#add(before[old++] ?? 0, -1);
      if (before[old] === slot) old++;
      else this.#add(slot, 1);
    }
    while (old < before.length) this.#add(before[old++] ?? 0, -1);
  }

  #write(word: string): number {
    const bytes = bytesOf(word);
    const free = this.#free.get(bytes.length)?.pop();
    const slot = free ?? this.#words.length;
    if (free === undefined)
      this.file.sql(`INSERT INTO ${this.tables.words} (slot, word) VALUES (?, ?)`).run(slot, bytes);
    else this.file.sql(`UPDATE ${this.tables.words} SET word = ? WHERE slot = ?`).run(bytes, slot);
    this.#hold(slot, word);
    return slot;
  }

  #erase(slot: number, word: string): void {
    const { length } = bytesOf(word);
    this.file
      .sql(`UPDATE ${this.tables.words} SET word = zeroblob(?) WHERE slot = ?`)
      .run(length, slot);
    this.#slots.delete(word);
    this.#release(slot, length);
  }

  #hold(slot: number, word: string): void {
    this.#slots.set(word, slot);
    this.#words[slot] = word;
    this.#counts[slot] ??= 0;
    this.#isTouched[slot] ??= false;
  }

  #release(slot: number, length: number): void {
    this.#words[slot] = undefined;
    this.#counts[slot] = 0;
    this.#isTouched[slot] = false;
    const free = this.#free.get(length);
    if (free) free.push(slot);
    else this.#free.set(length, [slot]);
  }

  #add(slot: number, units: number): void {
    this.#counts[slot] = (this.#counts[slot] ?? 0) + units;
    if (this.#isTouched[slot]) return;
    this.#isTouched[slot] = true;
    this.#touched.push(slot);
  }

  #untouch(): void {
    for (const slot of this.#touched) this.#isTouched[slot] = false;
    this.#touched = [];
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const eachOnce = (sorted: Uint32Array): Uint32Array => {
  let length = 0;
  for (let i = 0; i < sorted.length; i++)
    if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[length++] = sorted[i] ?? 0;
  return sorted.subarray(0, length);
};

/** The first byte tells a word from zeros. */
const bytesOf = (word: string): Uint8Array => {
  const text = encoder.encode(word);
  const bytes = new Uint8Array(text.length + 1);
  bytes[0] = LIVE;
  bytes.set(text, 1);
  return bytes;
};
