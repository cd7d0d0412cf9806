import { fault } from '#libs/kernel';

/** Numbers that look random and are the same each time: each thing draws from its own, so one more changes no other. */
export class Chance {
  #state: number;

  constructor(seed: string) {
    let state = 0x811c9dc5;
    for (let i = 0; i < seed.length; i += 1)
      state = Math.imul(state ^ seed.charCodeAt(i), 16777619);
    this.#state = state >>> 0;
  }

  /** From 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** Both ends included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  happens(probability: number): boolean {
    return this.next() < probability;
  }

  one<T>(all: readonly T[]): T {
    const drawn = all[Math.floor(this.next() * all.length)];
    if (drawn === undefined) throw fault('DEFECT_UNKNOWN');
    return drawn;
  }

  /** So many of them, each once, in their order. */
  some<T>(all: readonly T[], count: number): readonly T[] {
    const left = all.map((item, i) => ({ item, i, by: this.next() }));
    return left
      .sort((a, b) => a.by - b.by)
      .slice(0, count)
      .sort((a, b) => a.i - b.i)
      .map(({ item }) => item);
  }
}
