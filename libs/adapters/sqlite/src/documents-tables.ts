import type { Collection } from '#libs/ports/documents';

import type { SqliteDatabase } from './database.js';
import {
  TABLE_PREFIX,
  tableDdl,
  tableOf,
  upgradeDdl,
  type PresentColumns,
  type Table,
  type Value,
} from './documents-table.js';

export interface RemovedRows {
  readonly table: string;
  /** Missing: all of them. */
  readonly where?: { readonly condition: string; readonly values: readonly Value[] };
  /** So many rows, and no further one once they have so many bytes together. */
  readonly most: { readonly rows: number; readonly bytes: number };
}

export interface RemovedSlice {
  readonly removed: number;
  readonly more: boolean;
}

/** A few milliseconds' work: the door and the projector write in between. */
const DROP_SLICE = { rows: 512, bytes: 1024 * 1024 };
const DROPPABLE_INDEXES = `SELECT name FROM sqlite_schema
  WHERE type = 'index' AND tbl_name = ? AND name <> ? AND sql IS NOT NULL`;

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

  /**
   * Drops indexes, then rows in slices, then what is left: a turn of the event loop lies between any two of them. What
   * others write meanwhile goes with it. A crash in between leaves the rest for the next drop.
   */
  async drop(collection: Collection): Promise<void> {
    const { name } = this.#text(collection);
    if (this.#isStored(name)) await this.#empty(name);
    await this.database.write(() => {
      this.#made.delete(name);
      this.database.exec(`DROP TABLE IF EXISTS ${name}`);
    });
  }

  /** Removes some rows in one write. */
  removeSlice({ table, where, most }: RemovedRows): Promise<RemovedSlice> {
    return this.database.write(() => {
      // Somebody else may have dropped it since it was looked up.
      if (!this.#isStored(table)) return { removed: 0, more: false };
      const found = this.database
        .sql(
          `SELECT rowid, coalesce(length(bytes), 0) + coalesce(octet_length(body), 0) AS size
           FROM ${table} WHERE ${where?.condition ?? 'true'} LIMIT ?`,
        )
        .all(...(where?.values ?? []), most.rows);
      const remove = this.database.sql(`DELETE FROM ${table} WHERE rowid = ?`);
      let [removed, bytes] = [0, 0];
      for (const { rowid, size } of found) {
        if (bytes >= most.bytes) break;
        remove.run(Number(rowid));
        removed++;
        bytes += Number(size);
      }
      return { removed, more: removed < found.length || found.length === most.rows };
    });
  }

  /** An index dropped by itself costs its own pages; kept, each slice of rows would write most of them once more. */
  async #empty(table: string): Promise<void> {
    const indexes = this.database.sql(DROPPABLE_INDEXES).all(table, `${table}__expiry`);
    for (const { name } of indexes)
      await this.database.write(() => {
        this.#made.delete(table);
        this.database.exec(`DROP INDEX IF EXISTS ${String(name)}`);
      });
    while ((await this.removeSlice({ table, most: DROP_SLICE })).more);
  }

  #isStored(name: string): boolean {
    return this.stored().includes(name);
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

  #presentIn(name: string): PresentColumns {
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
