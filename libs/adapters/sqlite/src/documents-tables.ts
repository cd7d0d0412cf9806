import type { Collection } from '#libs/ports/documents';

import type { SqliteDatabase } from './database.js';
import {
  TABLE_PREFIX,
  tableDdl,
  tableOf,
  upgradeDdl,
  type Present,
  type Table,
} from './documents-table.js';

const INDEXES = `SELECT list.name, group_concat(info.name ORDER BY info.seqno) AS columns
  FROM pragma_index_list(?) AS list, pragma_index_info(list.name) AS info GROUP BY list.name`;

/** Which collections have their table. Made on first use and remembered once that is committed. */
export class DocumentTables {
  readonly #texts = new WeakMap<Collection, Table>();
  /** By table: several objects may describe one, and each may declare other fields. */
  readonly #made = new Map<string, WeakSet<Collection>>();

  constructor(private readonly database: SqliteDatabase) {}

  async ready(collection: Collection): Promise<Table> {
    const table = this.#text(collection);
    // A drop may come between the making and us: look again.
    while (!this.#madeOf(table).has(collection)) await this.write(collection, () => undefined);
    return table;
  }

  /** Runs `work` in this turn's transaction, with the table there. */
  async write<T>(collection: Collection, work: (table: Table) => T): Promise<T> {
    const table = this.#text(collection);
    let made = this.#madeOf(table);
    const result = await this.database.write(() => {
      made = this.#madeOf(table);
      if (!made.has(collection)) this.#make(table);
      return work(table);
    });
    // Remembered only now, for a transaction can still fail; a drop since then has begun a new set.
    made.add(collection);
    return result;
  }

  drop(collection: Collection): Promise<void> {
    const { name } = this.#text(collection);
    return this.database.write(() => {
      this.#made.delete(name);
      this.database.exec(`DROP TABLE IF EXISTS ${name}`);
    });
  }

  stored(): readonly string[] {
    return this.database
      .sql(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB '${TABLE_PREFIX}*'`)
      .all()
      .map(({ name }) => name as string);
  }

  #make(table: Table): void {
    const present = this.#presentIn(table.name);
    const isThere = present.columns.size > 0;
    const statements = isThere ? upgradeDdl(table, present) : tableDdl(table);
    for (const statement of statements) this.database.exec(statement);
  }

  #madeOf({ name }: Table): WeakSet<Collection> {
    let made = this.#made.get(name);
    if (!made) {
      made = new WeakSet();
      this.#made.set(name, made);
    }
    return made;
  }

  #presentIn(name: string): Present {
    const columns = this.database.sql(`SELECT name FROM pragma_table_info(?)`).all(name);
    const indexes = this.database.sql(INDEXES).all(name);
    return {
      columns: new Set(columns.map((row) => row['name'] as string)),
      indexes: new Map(indexes.map((row) => [row['name'] as string, row['columns'] as string])),
    };
  }

  #text(collection: Collection): Table {
    let table = this.#texts.get(collection);
    if (!table) {
      table = tableOf(collection);
      this.#texts.set(collection, table);
    }
    return table;
  }
}
