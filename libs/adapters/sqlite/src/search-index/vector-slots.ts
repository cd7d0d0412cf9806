import type { IndexFile } from './index-file.js';
import type { GenerationTables } from './tables.js';
import { bytesOfVector } from './vector-bytes.js';

/**
 * The vectors of one generation. A slot holds one vector and never moves; new slots are added at the right end. One
 * that goes is overwritten in its place by zeros, as a vector tells much of its text, and its slot takes the next. So
 * no split or merge of pages leaves a second copy behind, as `secure_delete` alone would.
 */
export class VectorSlots {
  readonly #sql: ReturnType<typeof statementsOf>;
  readonly #free: number[] = [];
  #next = 0;

  constructor(
    file: IndexFile,
    tables: Pick<GenerationTables, 'passages' | 'vectors'>,
    readonly dimension: number,
  ) {
    this.#sql = statementsOf(file, tables);
    const used = new Set(this.#sql.used.all().map(({ slot }) => Number(slot)));
    this.#next = Number(this.#sql.count.get()?.['next'] ?? 0);
    for (let slot = 0; slot < this.#next; slot++) if (!used.has(slot)) this.#free.push(slot);
  }

  add(vector: Float32Array): number {
    const free = this.#free.pop();
    if (free !== undefined) {
      this.change(free, vector);
      return free;
    }
    this.#sql.add.run(this.#next, bytesOfVector(vector));
    return this.#next++;
  }

  change(slot: number, vector: Float32Array): void {
    this.#sql.change.run(bytesOfVector(vector), slot);
  }

  release(slot: number): void {
    this.#sql.change.run(new Uint8Array(2 * this.dimension), slot);
    this.#free.push(slot);
  }
}

const statementsOf = (
  file: IndexFile,
  { passages, vectors }: Pick<GenerationTables, 'passages' | 'vectors'>,
) => ({
  used: file.sql(`SELECT slot FROM ${passages} WHERE slot IS NOT NULL`),
  count: file.sql(`SELECT max(slot) + 1 AS next FROM ${vectors}`),
  add: file.sql(`INSERT INTO ${vectors} (slot, vector) VALUES (?, ?)`),
  change: file.sql(`UPDATE ${vectors} SET vector = ? WHERE slot = ?`),
});
