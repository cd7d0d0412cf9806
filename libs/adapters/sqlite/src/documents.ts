import { fault, Fault, type Clock } from '#libs/kernel';
import {
  planQuery,
  type Collection,
  type Documents,
  type FencedDocument,
  type NewDocument,
  type Page,
  type QueryPlan,
  type PutOutcome,
  type Query,
  type StoredDocument,
  type Swapped,
} from '#libs/ports/documents';

import type { SqliteDatabase } from './database.js';
import { selectOf } from './documents-query.js';
import {
  documentOf,
  putValues,
  valuesOf,
  type DocumentRow,
  type Table,
} from './documents-table.js';
import { DocumentTables } from './documents-tables.js';

export interface SqliteDocuments extends Documents {
  /**
   * Removes all that has expired, from every collection, a slice for each turn of the event loop. Ends early when the
   * database is closed or the signal says so. Answers how many it removed.
   */
  sweep(signal?: AbortSignal): Promise<number>;
  /** What has expired and is not removed yet, counted up to 10,000 for each collection. */
  expired(): Promise<ExpiredBacklog>;
}

export interface ExpiredBacklog {
  readonly count: number;
  /** How long ago the oldest of it expired; 0 when there is none. */
  readonly oldestMs: number;
}

/** About a millisecond's work, or one large document: what else is written in that turn waits no longer. */
const SLICE = { rows: 128, bytes: 1024 * 1024 };
const COUNTED = 10_000;

export const sqliteDocuments = (options: {
  database: SqliteDatabase;
  clock: Clock;
}): SqliteDocuments => new DocumentsInSqlite(options.database, options.clock);

class DocumentsInSqlite implements SqliteDocuments {
  readonly #tables: DocumentTables;

  constructor(
    private readonly database: SqliteDatabase,
    private readonly clock: Clock,
  ) {
    this.#tables = new DocumentTables(database);
  }

  async get(collection: Collection, ids: readonly string[]) {
    if (ids.length === 0) return [];
    const table = await this.#tables.ready(collection);
    const now = this.clock.now();
    const all = (): (StoredDocument | undefined)[] => {
      const statement = this.database.sql(table.get);
      return ids.map((id) => {
        const row = statement.get(id, now) as DocumentRow | undefined;
        return row && documentOf(collection, row);
      });
    };
    return this.#read(() => (ids.length === 1 ? all() : this.database.read(all)));
  }

  async query(collection: Collection, query: Query): Promise<Page> {
    const plan = planQuery(collection, query);
    const table = await this.#tables.ready(collection);
    const rows = this.#read(() => this.#rowsOf(table, plan));
    const items = rows.slice(0, plan.limit).map((row) => documentOf(collection, row));
    const last = items.at(-1);
    return rows.length > plan.limit && last ? { items, next: plan.cursorAt(last) } : { items };
  }

  async put(
    collection: Collection,
    documents: readonly FencedDocument[],
  ): Promise<readonly PutOutcome[]> {
    if (documents.length === 0) return [];
    const now = this.clock.now();
    const rows = documents.map((document) => putValues(collection, document, now));
    return this.#tables.write(collection, (table) => {
      const put = this.database.sql(table.put);
      return documents.map((document, i): PutOutcome => {
        if (put.run(...(rows[i] ?? [])).changes === 1) return 'written';
        const fence = this.database
          .sql(`SELECT era, position FROM ${table.name} WHERE id = ?`)
          .get(document.id) as unknown as { era: number; position: number };
        const { era, position } = document.fence;
        return fence.era === era && fence.position === position ? 'equal' : 'stale';
      });
    });
  }

  async swap(
    collection: Collection,
    document: NewDocument,
    expectedVersion: number,
  ): Promise<Swapped> {
    const now = this.clock.now();
    const values = valuesOf(collection, document);
    return this.#tables.write(collection, (table): Swapped => {
      const { changes } =
        expectedVersion === 0
          ? this.database.sql(table.create).run(...values, now)
          : this.database.sql(table.replace).run(...values, document.id, expectedVersion, now);
      if (changes === 1) return { swapped: true, version: expectedVersion + 1 };
      const stored = this.database
        .sql(
          `SELECT version FROM ${table.name}
           WHERE id = ? AND (expires_at IS NULL OR expires_at > ?)`,
        )
        .get(document.id, now) as { version: number } | undefined;
      return { swapped: false, version: stored?.version ?? 0 };
    });
  }

  async remove(collection: Collection, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.#tables.write(collection, (table) => {
      const remove = this.database.sql(`DELETE FROM ${table.name} WHERE id = ?`);
      for (const id of ids) remove.run(id);
    });
  }

  drop(collection: Collection): Promise<void> {
    return this.#tables.drop(collection);
  }

  async sweep(signal?: AbortSignal): Promise<number> {
    let removed = 0;
    for (const table of this.#tables.stored())
      for (let more = true; more && !this.database.closed && !signal?.aborted;) {
        const where = { condition: 'expires_at <= ?', values: [this.clock.now()] };
        const swept = await this.#tables.removeSlice({ table, where, most: SLICE });
        removed += swept.removed;
        more = swept.more;
      }
    return removed;
  }

  async expired(): Promise<ExpiredBacklog> {
    const now = this.clock.now();
    const found = this.#tables.stored().map((name) =>
      this.#read(() =>
        this.database
          .sql(
            `SELECT count(*) AS count, min(expires_at) AS oldest FROM
             (SELECT expires_at FROM ${name} WHERE expires_at <= ? ORDER BY expires_at LIMIT ${COUNTED})`,
          )
          .get(now),
      ),
    );
    const oldest = found.flatMap((row) =>
      row?.['oldest'] === null ? [] : [Number(row?.['oldest'])],
    );
    return {
      count: found.reduce((sum, row) => sum + Number(row?.['count'] ?? 0), 0),
      oldestMs: oldest.length > 0 ? now - Math.min(...oldest) : 0,
    };
  }

  /** One more than asked for says whether there is a next page. */
  #rowsOf(table: Table, plan: QueryPlan): DocumentRow[] {
    const now = this.clock.now();
    const rows: DocumentRow[] = [];
    for (const stretch of plan.stretches) {
      const { sql, values } = selectOf(table, plan, stretch, now);
      const missing = plan.limit + 1 - rows.length;
      if (missing > 0)
        rows.push(...(this.database.sql(sql).all(...values, missing) as unknown as DocumentRow[]));
    }
    return rows;
  }

  #read<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      // node:sqlite says this of a closed file, and gives a number for what SQLite itself says.
      const { code, errcode } = cause as { code?: string; errcode?: number };
      if (code !== 'ERR_INVALID_STATE' && errcode === undefined) throw cause;
      const translated = this.database.translated(cause);
      if (translated instanceof Fault) throw translated;
      throw fault('DOCUMENTS_UNAVAILABLE', { cause });
    }
  }
}
