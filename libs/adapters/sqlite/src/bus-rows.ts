import type { Message, OutgoingMessage } from '#libs/ports/bus';

import type { SqliteDatabase } from './database.js';

/** A message in this process's hands, and the row it came from. */
export interface Taken {
  readonly seq: number;
  readonly message: Message;
}

/** Sequence numbers are reserved in blocks, so that an emptied table never hands one out again. */
const BLOCK = 1 << 20;

/**
 * `visible_at` 0: never failed, read in order of `seq` behind a cursor. Else: failed, due at that time.
 * The one index therefore serves both, and neither reading grows with what waits or is in work.
 */
const schema = `
  CREATE TABLE IF NOT EXISTS bus_topics (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE IF NOT EXISTS bus_subscriptions (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, topic INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS bus_sequence (one INTEGER PRIMARY KEY, reserved INTEGER NOT NULL) STRICT;
  INSERT OR IGNORE INTO bus_sequence VALUES (1, 0);
  CREATE TABLE IF NOT EXISTS bus_messages (
    seq INTEGER PRIMARY KEY, subscription INTEGER NOT NULL, visible_at INTEGER NOT NULL,
    attempt INTEGER NOT NULL, id INTEGER NOT NULL, published_at INTEGER NOT NULL,
    attributes TEXT NOT NULL, data BLOB NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS bus_messages_ready ON bus_messages (subscription, visible_at);
`;

type BusRow = [
  seq: number,
  id: number,
  publishedAt: number,
  attempt: number,
  attributes: string,
  data: Uint8Array,
];

const COLUMNS = 'seq, id, published_at, attempt, attributes, data';

const takenOf = ([seq, id, publishedAt, attempt, attributes, data]: BusRow): Taken => ({
  seq,
  message: {
    id: String(id),
    publishedAt,
    attempt,
    attributes: JSON.parse(attributes) as Record<string, string>,
    data,
  },
});

/** Everything the bus says to its tables. What changes rows must run inside `database.write`. */
export class BusRows {
  #seq: number;
  #reserved: number;

  constructor(private readonly database: SqliteDatabase) {
    database.exec(schema);
    this.#reserved = this.#one('SELECT reserved FROM bus_sequence') ?? 0;
    this.#seq = this.#reserved;
  }

  topics(): { id: number; name: string }[] {
    return this.database.sql('SELECT id, name FROM bus_topics').all() as never;
  }

  subscriptions(): { id: number; name: string; topic: number }[] {
    return this.database.sql('SELECT id, name, topic FROM bus_subscriptions').all() as never;
  }

  addTopic(name: string): void {
    this.database.sql('INSERT OR IGNORE INTO bus_topics (name) VALUES (?)').run(name);
  }

  addSubscription(name: string, topic: string): void {
    this.database
      .sql(
        `INSERT OR IGNORE INTO bus_subscriptions (name, topic)
         SELECT ?, id FROM bus_topics WHERE name = ?`,
      )
      .run(name, topic);
  }

  /** Answers the reserved sequence, to be told to `committed` once the transaction is durable. */
  insert(
    subscriptions: readonly number[],
    messages: readonly OutgoingMessage[],
    publishedAt: number,
  ): number {
    const insert = this.database.sql('INSERT INTO bus_messages VALUES (?, ?, 0, 1, ?, ?, ?, ?)');
    for (const { data, attributes } of messages) {
      const id = this.#seq + 1;
      const text = JSON.stringify(attributes);
      for (const subscription of subscriptions)
        insert.run(++this.#seq, subscription, id, publishedAt, text, data);
    }
    if (this.#seq <= this.#reserved) return this.#reserved;
    const reserved = this.#seq + BLOCK;
    this.database.sql('UPDATE bus_sequence SET reserved = ?').run(reserved);
    return reserved;
  }

  committed(reserved: number): void {
    this.#reserved = Math.max(this.#reserved, reserved);
  }

  /** Never failed, behind the cursor, at most `limit` rows and hardly more than `bytes`. */
  fresh(subscription: number, cursor: number, limit: number, bytes: number): Taken[] {
    const statement = this.database.sql(
      `SELECT ${COLUMNS} FROM bus_messages
       WHERE subscription = ? AND visible_at = 0 AND seq > ? ORDER BY seq LIMIT ?`,
    );
    statement.setReturnArrays(true);
    const taken: Taken[] = [];
    let left = bytes;
    for (const row of statement.iterate(subscription, cursor, limit) as Iterable<unknown>) {
      const next = takenOf(row as BusRow);
      taken.push(next);
      left -= next.message.data.length;
      if (left <= 0) break;
    }
    return taken;
  }

  /** Failed rows in order of when they are due, less those in work: read from the index alone. */
  delayed(
    subscription: number,
    limit: number,
    inWork: ReadonlySet<number>,
  ): { seq: number; at: number }[] {
    const rows = this.database
      .sql(
        `SELECT seq, visible_at AS at FROM bus_messages
         WHERE subscription = ? AND visible_at > 0 ORDER BY visible_at, seq LIMIT ?`,
      )
      .all(subscription, limit + inWork.size) as unknown as { seq: number; at: number }[];
    return rows.filter(({ seq }) => !inWork.has(seq)).slice(0, limit);
  }

  row(seq: number): Taken | undefined {
    const statement = this.database.sql(`SELECT ${COLUMNS} FROM bus_messages WHERE seq = ?`);
    statement.setReturnArrays(true);
    const row = statement.get(seq) as unknown;
    return row ? takenOf(row as BusRow) : undefined;
  }

  remove(seq: number): void {
    this.database.sql('DELETE FROM bus_messages WHERE seq = ?').run(seq);
  }

  delay(seq: number, attempt: number, visibleAt: number): void {
    this.database
      .sql('UPDATE bus_messages SET attempt = ?, visible_at = ? WHERE seq = ?')
      .run(attempt, visibleAt, seq);
  }

  count(subscription: number): number {
    return this.#one('SELECT count(*) FROM bus_messages WHERE subscription = ?', subscription) ?? 0;
  }

  /** When the oldest message was published: the first that never failed, or the first of those that did. */
  oldest(subscription: number): number | undefined {
    return this.#one(
      `SELECT min(published_at) FROM bus_messages WHERE seq IN (
         (SELECT min(seq) FROM bus_messages WHERE subscription = ?1 AND visible_at = 0),
         (SELECT min(seq) FROM bus_messages WHERE subscription = ?1 AND visible_at > 0))`,
      subscription,
    );
  }

  #one(sql: string, ...parameters: number[]): number | undefined {
    const row = this.database.sql(sql).get(...parameters);
    const value = row && Object.values(row)[0];
    return typeof value === 'number' ? value : undefined;
  }
}
