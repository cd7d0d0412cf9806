import type { IndexedUnit, PassageVector } from '#libs/ports/search-index';

import { FacetWriter } from './facets.js';
import type { IndexFile } from './index-file.js';
import type { GenerationTables, PassageRow, UnitRow } from './tables.js';
import type { MarkedPassage } from './vector-marks.js';
import { VectorSlots, type SlotTables } from './vector-slots.js';

export type ReplaceOutcome = 'written' | 'stale';
type VectorTables = SlotTables & Pick<GenerationTables, 'facets' | 'passages' | 'units'>;

/** Where the vector of a passage is, and what it is filtered by. */
export interface PlacedPassage {
  readonly slot: number | null;
  readonly facet: number | null;
}

/** The vectors of one generation that has a dimension, beside its passages. */
export class VectorWriter {
  readonly #slots: VectorSlots;
  readonly #facets: FacetWriter;
  readonly #sql: ReturnType<typeof statementsOf>;

  constructor(file: IndexFile, tables: VectorTables, dimension: number) {
    this.#slots = new VectorSlots(file, tables, dimension);
    this.#facets = new FacetWriter(file, tables);
    this.#sql = statementsOf(file, tables);
  }

  /** Before the passages of a unit go: what says the same as before keeps its vector, under its new number. */
  place(
    { kind, passages }: IndexedUnit,
    before: UnitRow | undefined,
    firstNumber: number,
  ): readonly PlacedPassage[] {
    const kept = before ? this.#slotsOf(before) : new Map<string, number[]>();
    const placed = passages.map((passage, i) => {
      const facet = this.#facets.of(kind, passage.audience);
      const marked = { number: firstNumber + i, facet, from: passage.from, to: passage.to };
      const slot = kept.get(passage.hash)?.pop() ?? null;
      return { facet, slot: this.#placed(slot, passage.vector, marked) };
    });
    for (const left of kept.values()) for (const slot of left) this.#slots.release(slot);
    return placed;
  }

  put({ passage, hash, vector }: PassageVector): ReplaceOutcome {
    const row = this.#sql.passage.get(passage) as unknown as StoredPassageRow | undefined;
    if (row?.hash !== hash) return 'stale';
    const { number, facet, from_at: from, to_at: to } = row;
    const marked = { number, facet, from: from ?? undefined, to: to ?? undefined };
    const slot = this.#placed(row.slot, vector, marked);
    if (row.slot === null) {
      this.#sql.setSlot.run(slot, number);
      this.#sql.lacksOneLess.run(row.unit);
    }
    return 'written';
  }

  settle(): void {
    this.#slots.settle();
  }

  #placed(slot: number | null, vector: Float32Array | undefined, marked: MarkedPassage) {
    if (!vector) {
      if (slot !== null) this.#slots.own(slot, marked);
      return slot;
    }
    if (slot === null) return this.#slots.add(vector, marked);
    this.#slots.change(slot, vector, marked);
    return slot;
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

type StoredPassageRow = Pick<PassageRow, 'hash' | 'from_at' | 'to_at' | 'slot'> & {
  readonly number: number;
  readonly unit: number;
  readonly facet: number;
};

const statementsOf = (file: IndexFile, { units, passages }: VectorTables) => ({
  slots: file.sql(
    `SELECT hash, slot FROM ${passages} WHERE number >= ? AND number < ? AND slot IS NOT NULL`,
  ),
  passage: file.sql(
    `SELECT number, unit, hash, from_at, to_at, slot, facet FROM ${passages} WHERE id = ?`,
  ),
  setSlot: file.sql(`UPDATE ${passages} SET slot = ? WHERE number = ?`),
  lacksOneLess: file.sql(`UPDATE ${units} SET bare = bare - 1 WHERE number = ?`),
});
