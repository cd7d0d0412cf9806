import {
  checkVector,
  type IndexedPassage,
  type IndexedUnit,
  type PassageVector,
  type UnitFence,
  type WordCount,
} from '#libs/ports/search-index';

import type { IndexFile } from './index-file.js';
import {
  generationRow,
  recordsIn,
  tablesOf,
  type GenerationTables,
  type UnitRow,
} from './tables.js';
import { filterText, termFields, termText } from './terms.js';
import { VectorWriter, type PlacedPassage, type ReplaceOutcome } from './vector-writer.js';
import { IndexWords } from './words.js';

/** What is written of one generation, inside a transaction of the writer's. */
export class GenerationWriter {
  readonly #tables: GenerationTables;
  readonly #words: IndexWords;
  readonly #dimension: number | undefined;
  readonly #vectors: VectorWriter | undefined;
  #totals = { passages: 0, stems: 0, next: 1 };
  /** Whether units lost their passages since it was last asked. */
  #hasEmptied = false;

  readonly #sql: ReturnType<typeof statementsOf>;

  constructor(
    private readonly file: IndexFile,
    private readonly generation: number,
  ) {
    this.#tables = tablesOf(generation);
    this.#words = new IndexWords(file, this.#tables);
    this.#sql = statementsOf(file, this.#tables);
    const row = generationRow(file, generation);
    if (row) this.#totals = { passages: row.passages, stems: row.stems, next: row.next_passage };
    this.#dimension = row?.dimension ?? undefined;
    if (this.#dimension !== undefined)
      this.#vectors = new VectorWriter(file, this.#tables, this.#dimension);
  }

  replace(units: readonly IndexedUnit[]): ReplaceOutcome[] {
    for (const { passages } of units) this.#check(passages);
    return units.map((unit) => {
      const before = this.#sql.unit.get(unit.unit) as unknown as UnitRow | undefined;
      if (before && isOlder(unit.fence, before)) return 'stale';
      const placed = this.#vectors?.place(unit, before, this.#totals.next) ?? [];
      if (before) this.#remove(before);
      if (before && before.passages > 0 && unit.passages.length === 0) this.#hasEmptied = true;
      this.#write(unit, before, placed);
      return 'written';
    });
  }

  putVectors(vectors: readonly PassageVector[]): ReplaceOutcome[] {
    this.#check(vectors);
    const outcomes = vectors.map((each) => this.#vectors?.put(each) ?? 'stale');
    this.#vectors?.settle();
    return outcomes;
  }

  /** Before the commit. Answers which words stand more or less often than before. */
  settle(): WordCount[] {
    const changed = this.#words.settle();
    this.#vectors?.settle();
    const { passages, stems, next } = this.#totals;
    this.file
      .sql(
        'UPDATE generations SET passages = ?, stems = ?, next_passage = ?, changes = changes + 1 WHERE generation = ?',
      )
      .run(passages, stems, next, this.generation);
    return changed;
  }

  takeEmptied(): boolean {
    const had = this.#hasEmptied;
    this.#hasEmptied = false;
    return had;
  }

  #check(vectors: readonly { readonly vector?: Float32Array }[]): void {
    for (const { vector } of vectors) if (vector) checkVector(vector, this.#dimension);
  }

  #remove({ first, number, passages, stems, records }: UnitRow): void {
    this.#totals.passages -= passages;
    this.#totals.stems -= stems;
    for (let passage = first; passage < first + passages; passage++)
      this.#sql.removeTerms.run(passage);
    if (passages > 0) this.#sql.removePassages.run(first, first + passages);
    for (const record of recordsIn(records)) this.#sql.removeMember.run(record, number);
  }

  #write(unit: IndexedUnit, before: UnitRow | undefined, placed: readonly PlacedPassage[]): void {
    const { passages } = unit;
    const records = new Set(passages.flatMap((passage) => passage.records));
    const members = [...records].every((record) => record === unit.unit) ? [] : [...records];
    const stems = passages.reduce((sum, { terms }) => sum + terms.stem.length, 0);
    const number = this.#writeUnit(unit, before, {
      members,
      stems,
      bare: placed.filter(({ slot }) => slot === null).length,
    });
    for (const record of members) this.#sql.addMember.run(record, number);
    passages.forEach((passage, i) => this.#writePassage(unit, number, passage, placed[i]));
    this.#totals.passages += passages.length;
    this.#totals.stems += stems;
  }

  #writeUnit(
    { unit, kind, fence, digest, passages, words }: IndexedUnit,
    before: UnitRow | undefined,
    of: { readonly members: readonly string[]; readonly stems: number; readonly bare: number },
  ): number {
    const values = [
      ...[kind, fence.generation, fence.era, fence.position, digest],
      ...[this.#totals.next, passages.length, of.stems],
      of.members.length > 0 ? JSON.stringify(of.members) : null,
      this.#words.replace(before?.words, words),
      of.bare,
    ];
    if (before) {
      this.#sql.changeUnit.run(...values, before.number);
      return before.number;
    }
    return Number(this.#sql.addUnit.run(unit, ...values).lastInsertRowid);
  }

  #writePassage(
    { unit, kind }: IndexedUnit,
    unitNumber: number,
    passage: IndexedPassage,
    placed: PlacedPassage | undefined,
  ): void {
    const number = this.#totals.next++;
    const { records, terms } = passage;
    const isAlone = records.length === 1 && records[0] === unit;
    this.#sql.addPassage.run(
      ...[number, unitNumber, passage.id, passage.path, passage.hash, passage.language],
      ...[passage.from ?? null, passage.to ?? null],
      ...[isAlone ? null : JSON.stringify(records), JSON.stringify(passage.scope)],
      ...[placed?.slot ?? null, placed?.facet ?? null],
    );
    this.#sql.addTerms.run(
      number,
      filterText(kind, passage),
      ...termFields.map((field) => termText(field, terms[field])),
    );
  }
}

/** Prepared once: most of them run for each passage. */
const statementsOf = (file: IndexFile, { units, passages, members, terms }: GenerationTables) => ({
  unit: file.sql(`SELECT * FROM ${units} WHERE unit = ?`),
  addUnit: file.sql(
    `INSERT INTO ${units} (unit, kind, generation, era, position, digest, first, passages, stems, records, words, bare)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  changeUnit: file.sql(
    `UPDATE ${units} SET kind = ?, generation = ?, era = ?, position = ?, digest = ?, first = ?, passages = ?,
     stems = ?, records = ?, words = ?, bare = ? WHERE number = ?`,
  ),
  addPassage: file.sql(`INSERT INTO ${passages} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
  removePassages: file.sql(`DELETE FROM ${passages} WHERE number >= ? AND number < ?`),
  addMember: file.sql(`INSERT INTO ${members} VALUES (?, ?)`),
  removeMember: file.sql(`DELETE FROM ${members} WHERE record = ? AND unit = ?`),
  addTerms: file.sql(
    `INSERT INTO ${terms} (rowid, filters, title, word, stem, part) VALUES (?, ?, ?, ?, ?, ?)`,
  ),
  removeTerms: file.sql(`DELETE FROM ${terms} WHERE rowid = ?`),
});

const isOlder = (fence: UnitFence, stored: UnitFence): boolean =>
  fence.generation !== stored.generation
    ? fence.generation < stored.generation
    : fence.era !== stored.era
      ? fence.era < stored.era
      : fence.position < stored.position;
