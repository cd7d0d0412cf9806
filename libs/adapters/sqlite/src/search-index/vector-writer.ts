import {
  checkVector,
  type IndexedPassage,
  type IndexedUnit,
  type PassageVector,
} from '#libs/ports/search-index';

import type { IndexFile } from './index-file.js';
import type { GenerationTables, PassageRow, UnitRow } from './tables.js';
import { VectorSlots } from './vector-slots.js';

export type ReplaceOutcome = 'written' | 'stale';
type VectorTables = Pick<GenerationTables, 'passages' | 'units' | 'vectors'>;

/** The vectors of one generation, beside its passages. Without a dimension it refuses each and keeps none. */
export class VectorWriter {
  readonly #slots: VectorSlots | undefined;
  readonly #sql: ReturnType<typeof statementsOf>;

  constructor(file: IndexFile, tables: VectorTables, dimension: number | null) {
    this.#sql = statementsOf(file, tables);
    if (dimension !== null) this.#slots = new VectorSlots(file, tables, dimension);
  }

  check(units: readonly IndexedUnit[]): void {
    for (const { passages } of units)
      for (const { vector } of passages) if (vector) checkVector(vector, this.#slots?.dimension);
  }

  /**
   * A slot for each new passage of a unit, before its old ones go: what says the same as before keeps its vector.
   */
  place(
    before: UnitRow | undefined,
    passages: readonly IndexedPassage[],
  ): readonly (number | null)[] {
    const slots = this.#slots;
    if (!slots) return passages.map(() => null);
    const kept = before ? this.#slotsOf(before) : new Map<string, number[]>();
    const placed = passages.map(({ hash, vector }) => {
      const slot = kept.get(hash)?.pop();
      if (!vector) return slot ?? null;
      if (slot === undefined) return slots.add(vector);
      slots.change(slot, vector);
      return slot;
    });
    for (const left of kept.values()) for (const slot of left) slots.release(slot);
    return placed;
  }

  /** How many of these passages lack a vector; none where there are no vectors. */
  lacking(placed: readonly (number | null)[]): number {
    return this.#slots ? placed.filter((slot) => slot === null).length : 0;
  }

  put(vectors: readonly PassageVector[]): ReplaceOutcome[] {
    for (const { vector } of vectors) checkVector(vector, this.#slots?.dimension);
    return vectors.map((each) => this.#put(each));
  }

  #put({ passage, hash, vector }: PassageVector): ReplaceOutcome {
    const row = this.#sql.passage.get(passage) as unknown as
      (PassageRow & { number: number; unit: number }) | undefined;
    if (!this.#slots || row?.hash !== hash) return 'stale';
    if (row.slot !== null) this.#slots.change(row.slot, vector);
    else {
      this.#sql.setSlot.run(this.#slots.add(vector), row.number);
      this.#sql.lacksOneLess.run(row.unit);
    }
    return 'written';
  }

  #slotsOf({ first, passages }: UnitRow): Map<string, number[]> {
    const kept = new Map<string, number[]>();
    for (const row of this.#sql.slots.all(first, first + passages)) {
      const hash = String(row['hash']);
      const slots = kept.get(hash);
      if (slots) slots.push(Number(row['slot']));
      else kept.set(hash, [Number(row['slot'])]);
    }
    return kept;
  }
}

const statementsOf = (file: IndexFile, { units, passages }: VectorTables) => ({
  slots: file.sql(
    `SELECT hash, slot FROM ${passages} WHERE number >= ? AND number < ? AND slot IS NOT NULL`,
  ),
  passage: file.sql(`SELECT number, unit, hash, slot FROM ${passages} WHERE id = ?`),
  setSlot: file.sql(`UPDATE ${passages} SET slot = ? WHERE number = ?`),
  lacksOneLess: file.sql(`UPDATE ${units} SET bare = bare - 1 WHERE number = ?`),
});
