import type { IndexFile } from './index-file.js';
import { unpackSlots } from './slots.js';
import type { GenerationTables } from './tables.js';
import { readCode, readHead, signsLength, signWeights } from './vector-marks.js';
import { centreIn } from './vector-slots.js';

type MapTables = Pick<GenerationTables, 'marks' | 'moves' | 'centres'>;

/** What a passage must be, all of it, for a question to find it. */
export interface MapFilter {
  /** A mark for each facet; see facets.ts. */
  readonly facets: Uint8Array;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/**
 * The marks of all vectors of a generation in the memory of the thread that reads: some 120 bytes each. It is brought
 * up to date at each question, within its transaction, by the slots that moved since.
 */
export class VectorMap {
  readonly #signsLength: number;
  readonly #slots = new Map<number, number>();
  #move = -1;
  #size = 0;
  #numbers = new Float64Array(0);
  #facets = new Uint32Array(0);
  #from = new Float64Array(0);
  #to = new Float64Array(0);
  #reach = new Float32Array(0);
  #offsets = new Float32Array(0);
  #signs = new Uint8Array(0);
  #centre: Float32Array | undefined;

  constructor(
    private readonly file: IndexFile,
    private readonly tables: MapTables,
    dimension: number,
  ) {
    this.#signsLength = signsLength(dimension);
  }

  refresh(): void {
    const { moves } = this.tables;
    const ends = this.file.sql(`SELECT min(move) AS first, max(move) AS last FROM ${moves}`).get();
    const [first, last] = [Number(ends?.['first'] ?? 0), Number(ends?.['last'] ?? 0)];
    if (last === this.#move) return;
    this.#centre ??= centreIn(this.file, this.tables);
    const hasAll = this.#move >= first - 1 && this.#move < last && this.#move >= 0;
    if (hasAll) this.#readMoved();
    else this.#readAll();
    this.#move = last;
  }

  numberAt(slot: number): number {
    return this.#numbers[slot] ?? 0;
  }

  /** Of those passages of these numbers that have a vector. */
  slotsOf(numbers: readonly number[]): Uint32Array {
    const slots = new Uint32Array(numbers.length);
    let length = 0;
    for (const number of numbers) {
      const slot = this.#slots.get(number);
      if (slot !== undefined) slots[length++] = slot;
    }
    return slots.subarray(0, length);
  }

  /** Which of these slots, or of all, a question may find. */
  passing(slots: Uint32Array | undefined, { facets, from, to }: MapFilter): Uint32Array {
    const passing = new Uint32Array(slots?.length ?? this.#size);
    const begins = to ?? Infinity;
    const ends = from ?? -Infinity;
    let length = 0;
    for (let i = 0; i < passing.length; i++) {
      const slot = slots ? (slots[i] ?? 0) : i;
      if (this.#numbers[slot] === 0 || !facets[this.#facets[slot] ?? 0]) continue;
      if ((this.#from[slot] ?? 0) > begins || (this.#to[slot] ?? 0) < ends) continue;
      passing[length++] = slot;
    }
    return passing.subarray(0, length);
  }

  /** Roughly how near each of these slots is. */
  roughly(slots: Uint32Array, asked: Float32Array): Float32Array {
    const weights = signWeights(asked, this.#centre ?? new Float32Array(0));
    const [signs, length] = [this.#signs, this.#signsLength];
    const scores = new Float32Array(slots.length);
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] ?? 0;
      const begin = slot * length;
      let sum = 0;
      for (let byte = 0; byte < length; byte++)
        sum += weights[(byte << 8) | (signs[begin + byte] ?? 0)] ?? 0;
      scores[i] = sum * (this.#reach[slot] ?? 0) + (this.#offsets[slot] ?? 0);
    }
    return scores;
  }

  #readAll(): void {
    this.#slots.clear();
    this.#size = 0;
    const { marks } = this.tables;
    const count = this.file.sql(`SELECT max(slot) + 1 AS count FROM ${marks}`).get();
    this.#grow(Number(count?.['count'] ?? 0));
    for (const { slot, head, code } of this.file
      .sql(`SELECT slot, head, code FROM ${marks}`)
      .iterate())
      this.#set(Number(slot), head as Uint8Array, code as Uint8Array);
  }

  #readMoved(): void {
    const { marks, moves } = this.tables;
    const mark = this.file.sql(`SELECT head, code FROM ${marks} WHERE slot = ?`);
    const moved = new Set<number>();
    for (const row of this.file.sql(`SELECT slots FROM ${moves} WHERE move > ?`).all(this.#move))
      for (const slot of unpackSlots(row['slots'] as Uint8Array)) moved.add(slot);
    // First all that go: a number may have moved from one slot to another.
    for (const slot of moved) this.#slots.delete(this.numberAt(slot));
    for (const slot of moved) {
      const row = mark.get(slot);
      if (row) this.#set(slot, row['head'] as Uint8Array, row['code'] as Uint8Array);
    }
  }

  #set(slot: number, head: Uint8Array, code: Uint8Array): void {
    this.#grow(slot + 1);
    this.#size = Math.max(this.#size, slot + 1);
    const [number = 0, facet = 0, from = 0, to = 0] = readHead(head);
    this.#numbers[slot] = number;
    this.#facets[slot] = facet;
    this.#from[slot] = from;
    this.#to[slot] = to;
    const { reach, offset, signs } = readCode(code);
    this.#reach[slot] = reach;
    this.#offsets[slot] = offset;
    this.#signs.set(signs, slot * this.#signsLength);
    if (number !== 0) this.#slots.set(number, slot);
  }

  #grow(slots: number): void {
    const has = this.#numbers.length;
    if (slots <= has) return;
    const room = Math.max(slots, Math.ceil(has * GROWTH), ROOM_LEAST);
    this.#numbers = copied(new Float64Array(room), this.#numbers);
    this.#facets = copied(new Uint32Array(room), this.#facets);
    this.#from = copied(new Float64Array(room), this.#from);
    this.#to = copied(new Float64Array(room), this.#to);
    this.#reach = copied(new Float32Array(room), this.#reach);
    this.#offsets = copied(new Float32Array(room), this.#offsets);
    this.#signs = copied(new Uint8Array(room * this.#signsLength), this.#signs);
  }
}

const GROWTH = 1.5;
const ROOM_LEAST = 256;

const copied = <T extends Float64Array | Float32Array | Uint32Array | Uint8Array>(
  into: T,
  from: T,
): T => {
  into.set(from);
  return into;
};
