import { Recent } from '#libs/kernel';

import type { IndexFile } from './index-file.js';
import { tablesOf, type GenerationRow } from './tables.js';

interface KnownFrequency {
  readonly count: number;
  readonly changes: number;
  readonly passages: number;
}

const KNOWN = 50_000;
/** Below this a count costs less than a millisecond and is always made anew after a write. */
const MANY = 20_000;

/** How far what is remembered may be from what is: as a share of the passages. */
export type Tolerance = 0.01 | 0.2;

/**
 * In how many passages a term stands. FTS5 counts by reading the whole list of a term: 10 ms for 200,000 passages. So
 * the lists of frequent terms are not read again for every question while others write.
 */
export class Frequencies {
  readonly #known = new Recent<KnownFrequency>(KNOWN);

  constructor(
    private readonly file: IndexFile,
    private readonly generation: number,
  ) {}

  /** Exact, but for a term in 20,000 passages and more, which may be by that share of all passages old. */
  of(token: string, { changes, passages }: GenerationRow, tolerance: Tolerance): number {
    const known = this.#known.get(token);
    if (known) {
      if (known.changes === changes) return known.count;
      const drift = Math.abs(passages - known.passages) / Math.max(1, passages);
      const isOldEnough = changes - known.changes > CHANGES_MOST;
      if (known.count >= MANY && drift <= tolerance && !isOldEnough) return known.count;
    }
    const count = this.#count(token);
    this.#known.set(token, { count, changes, passages });
    return count;
  }

  #count(token: string): number {
    const { counts } = tablesOf(this.generation);
    const row = this.file.sql(`SELECT doc FROM ${counts} WHERE term = ?`).get(token);
    return Number(row?.['doc'] ?? 0);
  }
}

/** Replacing changes what stands in passages and not how many there are. */
const CHANGES_MOST = 500;
