import type { IndexFile } from './index-file.js';
import { packSlots } from './slots.js';
import type { GenerationTables } from './tables.js';
import { bytesOfVector, floatsIn, vectorLength } from './vector-bytes.js';
import { codeLength, codeOf, freeHead, headOf, type MarkedPassage } from './vector-marks.js';

export type SlotTables = Pick<GenerationTables, 'vectors' | 'marks' | 'moves' | 'centres'>;

/** Moves of so many transactions are kept; who was away longer reads everything again. */
const MOVES_KEPT = 2_000;

/** From so many on their centre is known well enough; with fewer, nobody asks the codes. */
const CENTRED_FROM = 1_000;

/**
 * The vectors of one generation. A slot holds one vector and never moves; new slots are added at the right end. One
 * that goes is overwritten in its place by zeros, as a vector tells much of its text, and its slot takes the next. So
 * no split or merge of pages leaves a second copy behind, as `secure_delete` alone would.
 */
export class VectorSlots {
  readonly #sql: ReturnType<typeof statementsOf>;
  readonly #free: number[];
  readonly #moved = new Set<number>();
  #next: number;
  #centre: Float32Array | undefined;

  constructor(
    file: IndexFile,
    tables: SlotTables,
    readonly dimension: number,
  ) {
    this.#sql = statementsOf(file, tables);
    this.#free = this.#sql.free.all(freeHead).map(({ slot }) => Number(slot));
    this.#next = Number(this.#sql.next.get()?.['next'] ?? 0);
    this.#centre = centreIn(file, tables);
  }

  /** Answers where it is. */
  add(vector: Float32Array, passage: MarkedPassage): number {
    const free = this.#free.pop();
    if (free !== undefined) {
      this.change(free, vector, passage);
      return free;
    }
    const slot = this.#next++;
    this.#sql.addVector.run(slot, bytesOfVector(vector));
    this.#sql.addMark.run(slot, headOf(passage), this.#codeOf(vector));
    this.#moved.add(slot);
    return slot;
  }

  change(slot: number, vector: Float32Array, passage: MarkedPassage): void {
    this.#write(slot, bytesOfVector(vector), headOf(passage), this.#codeOf(vector));
  }

  /** The same vector, of another passage or of the same one with other filters. */
  own(slot: number, passage: MarkedPassage): void {
    this.#sql.changeHead.run(headOf(passage), slot);
    this.#moved.add(slot);
  }

  release(slot: number): void {
    const { dimension } = this;
    this.#write(
      slot,
      new Uint8Array(vectorLength(dimension)),
      freeHead,
      new Uint8Array(codeLength(dimension)),
    );
    this.#free.push(slot);
  }

  #codeOf(vector: Float32Array): Uint8Array {
    return codeOf(vector, this.#centre ?? nowhere);
  }

  /** Vectors of many models lie on one side: seen from their centre, their signs tell them apart. */
  #findCentre(): void {
    const { dimension } = this;
    const vectors = this.#sql.all.all().map((row) => ({
      slot: Number(row['slot']),
      vector: floatsIn(row['vector'] as Uint8Array, dimension),
    }));
    const centre = new Float32Array(dimension);
    for (const { vector } of vectors)
      for (let i = 0; i < dimension; i++)
        centre[i] = (centre[i] ?? 0) + (vector[i] ?? 0) / vectors.length;
    this.#sql.addCentre.run(new Uint8Array(centre.buffer));
    this.#centre = centre;
    for (const { slot, vector } of vectors) {
      this.#sql.changeCode.run(this.#codeOf(vector), slot);
      this.#moved.add(slot);
    }
  }

  #write(slot: number, vector: Uint8Array, head: Uint8Array, code: Uint8Array): void {
    this.#sql.changeVector.run(vector, slot);
    this.#sql.changeMark.run(head, code, slot);
    this.#moved.add(slot);
  }

  /** Before a commit: tells those who read which slots are others now. */
  settle(): void {
    if (this.#moved.size === 0) return;
    if (!this.#centre && this.#next - this.#free.length >= CENTRED_FROM) this.#findCentre();
    const sorted = Uint32Array.from(this.#moved).sort();
    const { lastInsertRowid } = this.#sql.addMove.run(packSlots(sorted));
    this.#sql.removeMoves.run(Number(lastInsertRowid) - MOVES_KEPT);
    this.#moved.clear();
  }
}

const nowhere = new Float32Array(0);

/** The centre of what a generation held when it had enough of it; it stays. */
export const centreIn = (
  file: IndexFile,
  { centres }: Pick<GenerationTables, 'centres'>,
): Float32Array | undefined => {
  const bytes = file.sql(`SELECT centre FROM ${centres}`).get()?.['centre'] as
    Uint8Array | undefined;
  return bytes && new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
};

const statementsOf = (file: IndexFile, { vectors, marks, moves, centres }: SlotTables) => ({
  free: file.sql(`SELECT slot FROM ${marks} WHERE head = ?`),
  next: file.sql(`SELECT max(slot) + 1 AS next FROM ${vectors}`),
  addVector: file.sql(`INSERT INTO ${vectors} (slot, vector) VALUES (?, ?)`),
  changeVector: file.sql(`UPDATE ${vectors} SET vector = ? WHERE slot = ?`),
  all: file.sql(
    `SELECT v.slot, v.vector FROM ${vectors} v JOIN ${marks} m ON m.slot = v.slot WHERE m.head <> x'${'00'.repeat(freeHead.length)}'`,
  ),
  addCentre: file.sql(`INSERT INTO ${centres} (centre) VALUES (?)`),
  changeCode: file.sql(`UPDATE ${marks} SET code = ? WHERE slot = ?`),
  addMark: file.sql(`INSERT INTO ${marks} (slot, head, code) VALUES (?, ?, ?)`),
  changeHead: file.sql(`UPDATE ${marks} SET head = ? WHERE slot = ?`),
  changeMark: file.sql(`UPDATE ${marks} SET head = ?, code = ? WHERE slot = ?`),
  addMove: file.sql(`INSERT INTO ${moves} (slots) VALUES (?)`),
  removeMoves: file.sql(`DELETE FROM ${moves} WHERE move <= ?`),
});
