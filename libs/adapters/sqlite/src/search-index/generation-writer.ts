import type { IndexedPassage, IndexedUnit, UnitFence } from '#libs/ports/search-index';

import type { IndexFile } from './index-file.js';
import {
  generationRow,
  recordsIn,
  tablesOf,
  type GenerationTables,
  type UnitRow,
} from './tables.js';
import { filterText, termFields, termText } from './terms.js';
import { IndexWords, type WordCount } from './words.js';

export type ReplaceOutcome = 'written' | 'stale';

/** What is written of one generation, inside a transaction of the writer's. */
export class GenerationWriter {
  readonly #tables: GenerationTables;
  readonly #words: IndexWords;
  #totals = { passages: 0, stems: 0, next: 1 };
  /** Whether units lost their passages since it was last asked. */
  #hasEmptied = false;

  constructor(
    private readonly file: IndexFile,
    private readonly generation: number,
  ) {
    this.#tables = tablesOf(generation);
    this.#words = new IndexWords(file, this.#tables);
    const row = generationRow(file, generation);
    if (row) this.#totals = { passages: row.passages, stems: row.stems, next: row.next_passage };
  }

  replace(units: readonly IndexedUnit[]): ReplaceOutcome[] {
    return units.map((unit) => {
      const before = this.file
        .sql(`SELECT * FROM ${this.#tables.units} WHERE unit = ?`)
        .get(unit.unit) as unknown as UnitRow | undefined;
      if (before && isOlder(unit.fence, before)) return 'stale';
      if (before) this.#remove(before);
      if (before && before.passages > 0 && unit.passages.length === 0) this.#hasEmptied = true;
      this.#write(unit, before);
      return 'written';
    });
  }

  /** Before the commit. Answers which words stand more or less often than before. */
  settle(): WordCount[] {
    const changed = this.#words.settle();
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

  #remove({ first, number, passages, stems, records }: UnitRow): void {
    this.#totals.passages -= passages;
    this.#totals.stems -= stems;
    const removeTerms = this.file.sql(`DELETE FROM ${this.#tables.terms} WHERE rowid = ?`);
    for (let passage = first; passage < first + passages; passage++) removeTerms.run(passage);
    if (passages > 0)
      this.file
        .sql(`DELETE FROM ${this.#tables.passages} WHERE number >= ? AND number < ?`)
        .run(first, first + passages);
    const removeMember = `DELETE FROM ${this.#tables.members} WHERE record = ? AND unit = ?`;
    for (const record of recordsIn(records)) this.file.sql(removeMember).run(record, number);
  }

  #write(unit: IndexedUnit, before: UnitRow | undefined): void {
    const { passages } = unit;
    const records = new Set(passages.flatMap((passage) => passage.records));
    const members = [...records].every((record) => record === unit.unit) ? [] : [...records];
    const stems = passages.reduce((sum, { terms }) => sum + terms.stem.length, 0);
    const number = this.#writeUnit(unit, before, members, stems);
    const addMember = `INSERT INTO ${this.#tables.members} VALUES (?, ?)`;
    for (const record of members) this.file.sql(addMember).run(record, number);
    for (const passage of passages) this.#writePassage(unit, number, passage);
    this.#totals.passages += passages.length;
    this.#totals.stems += stems;
  }

  #writeUnit(
    { unit, kind, fence, digest, passages, words }: IndexedUnit,
    before: UnitRow | undefined,
    members: readonly string[],
    stems: number,
  ): number {
    const values = [
      ...[kind, fence.generation, fence.era, fence.position, digest],
      ...[this.#totals.next, passages.length, stems],
      members.length > 0 ? JSON.stringify(members) : null,
      this.#words.replace(before?.words, words),
    ];
    if (before) {
      this.file
        .sql(
          `UPDATE ${this.#tables.units} SET kind = ?, generation = ?, era = ?, position = ?, digest = ?, first = ?,
           passages = ?, stems = ?, records = ?, words = ? WHERE number = ?`,
        )
        .run(...values, before.number);
      return before.number;
    }
    const { lastInsertRowid } = this.file
      .sql(
        `INSERT INTO ${this.#tables.units} (unit, kind, generation, era, position, digest, first, passages, stems,
         records, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(unit, ...values);
    return Number(lastInsertRowid);
  }

  #writePassage({ unit, kind }: IndexedUnit, unitNumber: number, passage: IndexedPassage): void {
    const number = this.#totals.next++;
    const { records, terms } = passage;
    const isAlone = records.length === 1 && records[0] === unit;
    this.file
      .sql(`INSERT INTO ${this.#tables.passages} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
      .run(
        ...[number, unitNumber, passage.id, passage.path, passage.hash, passage.language],
        ...[passage.from ?? null, passage.to ?? null],
        ...[isAlone ? null : JSON.stringify(records), JSON.stringify(passage.scope)],
      );
    this.file
      .sql(
        `INSERT INTO ${this.#tables.terms} (rowid, filters, title, word, stem, part) VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(
        number,
        filterText(kind, passage),
        ...termFields.map((field) => termText(field, terms[field])),
      );
  }
}

const isOlder = (fence: UnitFence, stored: UnitFence): boolean =>
  fence.generation !== stored.generation
    ? fence.generation < stored.generation
    : fence.era !== stored.era
      ? fence.era < stored.era
      : fence.position < stored.position;
