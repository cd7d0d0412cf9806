import { WRAPPED_KEY_BYTES, type KeyWrap, type KnownKey } from '#libs/adapters/node-crypto';
import type { ExpiryDay, Tombstone } from '#libs/ports/keys';

import type { KeysFile } from './keys-file.js';

/** A key, and the day after which it may go. */
export interface SlotKey {
  readonly key: KnownKey;
  readonly day: ExpiryDay | undefined;
}

/** What stands in a slot that is free: no wrapped key looks like it. */
const FREE = `x'${'ff'.repeat(WRAPPED_KEY_BYTES)}'`;
const ZERO = `zeroblob(${WRAPPED_KEY_BYTES})`;
const SCHEMA = `
  CREATE INDEX IF NOT EXISTS free_slots ON keys (octet_length(stream)) WHERE wrapped = ${FREE};
  CREATE TABLE IF NOT EXISTS expiring (slot INTEGER PRIMARY KEY, day INTEGER NOT NULL);
  CREATE INDEX IF NOT EXISTS expiring_by_day ON expiring (day);
`;
const FIND = 'SELECT slot, wrapped, day FROM keys LEFT JOIN expiring USING (slot) WHERE stream = ?';
const ADD = 'INSERT INTO keys (stream, wrapped) VALUES (?, ?) ON CONFLICT (stream) DO NOTHING';
const ERASE = `INSERT INTO keys (stream, wrapped) VALUES (?, ${ZERO})
  ON CONFLICT (stream) DO UPDATE SET wrapped = excluded.wrapped RETURNING slot`;
const RETIRE = `UPDATE keys SET wrapped = ${FREE} WHERE stream = ? AND wrapped <> ${ZERO} RETURNING slot`;
const ANY_FREE = `SELECT 1 FROM keys WHERE wrapped = ${FREE} LIMIT 1`;
const REFILL = `UPDATE keys SET wrapped = ?2 WHERE stream = ?1 AND wrapped = ${FREE} RETURNING slot`;
/** A name as long as the one before: so the row keeps its length, and nothing in the page moves. */
const REUSE = `UPDATE keys SET stream = ?1, wrapped = ?2 WHERE slot =
  (SELECT slot FROM keys WHERE wrapped = ${FREE} AND octet_length(stream) = octet_length(?1) LIMIT 1)
  AND NOT EXISTS (SELECT 1 FROM keys WHERE stream = ?1) RETURNING slot`;
const BURY = 'INSERT INTO tombstones (stream, destroyed_at) VALUES (?, ?) ON CONFLICT DO NOTHING';
const TOMBSTONES = 'SELECT stream, destroyed_at FROM tombstones ORDER BY destroyed_at, stream';
const AGE = `INSERT INTO expiring (slot, day) VALUES (?, ?)
  ON CONFLICT (slot) DO UPDATE SET day = max(day, excluded.day) RETURNING day`;
/** Of a slot that nobody had before. */
const AGE_NEW = 'INSERT INTO expiring (slot, day) VALUES (?, ?)';
const STAY = 'DELETE FROM expiring WHERE slot = ?';
const AGED = 'SELECT stream FROM expiring JOIN keys USING (slot) WHERE day <= ? LIMIT ?';
/** Counted up to here and no farther: it is enough to know that there are many. */
const COUNTED = 10_000;
const COUNT_AGED = `SELECT count(*) AS keys, min(day) AS day
  FROM (SELECT day FROM expiring WHERE day <= ? ORDER BY day LIMIT ${COUNTED})`;

/** The rows of the keys. A slot that was retired is given to a stream whose name is as long. */
export class KeySlots {
  constructor(
    private readonly file: KeysFile,
    private readonly wrap: KeyWrap,
  ) {
    file.write(() => file.exec(SCHEMA));
  }

  find(stream: string): SlotKey | undefined {
    return this.#stored(stream)?.found;
  }

  /** All of a batch in one transaction; where another process was first, its key is the one. */
  provide(days: ReadonlyMap<string, ExpiryDay | undefined>): Map<string, SlotKey> {
    const names = [...days.keys()];
    const fresh = this.wrap.createAll(names);
    return this.file.write(() => {
      const anyFree = this.file.sql(ANY_FREE).get() !== undefined;
      const provided = new Map<string, SlotKey>();
      for (const [i, stream] of names.entries()) {
        const made = fresh[i];
        if (!made) continue;
        const day = days.get(stream);
        const free = anyFree ? this.#reuse(stream, made.wrapped) : undefined;
        const isNew = free === undefined && this.#addNew(stream, made.wrapped, day);
        if (isNew) {
          provided.set(stream, { key: made.key, day });
          continue;
        }
        const there = free === undefined ? this.#stored(stream) : undefined;
        const found = there?.found ?? { key: made.key, day: undefined };
        const aged = found.key && this.#age(free ?? there?.slot, found.day, day);
        provided.set(stream, { key: found.key, day: aged ?? undefined });
      }
      return provided;
    });
  }

  destroy(streams: readonly string[], at: number): void {
    this.file.write(() => {
      for (const stream of streams) {
        this.#stay(this.file.sql(ERASE).get(stream)?.['slot']);
        this.file.sql(BURY).run(stream, at);
      }
    });
  }

  retire(streams: readonly string[]): void {
    this.file.write(() => {
      for (const stream of streams) this.#stay(this.file.sql(RETIRE).get(stream)?.['slot']);
    });
  }

  tombstones(): readonly Tombstone[] {
    const rows = this.file.guard(() => this.file.sql(TOMBSTONES).all());
    return rows.map((row) => ({
      stream: String(row['stream']),
      destroyedAt: Number(row['destroyed_at']),
    }));
  }

  /** Some of the streams whose keys may go, up to this day. */
  aged(until: ExpiryDay, most: number): readonly string[] {
    const rows = this.file.guard(() => this.file.sql(AGED).all(until, most));
    return rows.map((row) => String(row['stream']));
  }

  countAged(until: ExpiryDay): { readonly count: number; readonly day: ExpiryDay | undefined } {
    const row = this.file.guard(() => this.file.sql(COUNT_AGED).get(until));
    const day = row?.['day'];
    return { count: Number(row?.['keys'] ?? 0), day: typeof day === 'number' ? day : undefined };
  }

  /** The slot that it got, where one was free. */
  #reuse(stream: string, wrapped: Uint8Array): unknown {
    const added = (sql: string): unknown => this.file.sql(sql).get(stream, wrapped)?.['slot'];
    return added(REFILL) ?? added(REUSE);
  }

  /** Almost every key is one of these, so it asks for no row back. `false`: the stream has a key. */
  #addNew(stream: string, wrapped: Uint8Array, day: ExpiryDay | undefined): boolean {
    const { changes, lastInsertRowid } = this.file.sql(ADD).run(stream, wrapped);
    if (changes !== 1) return false;
    if (day !== undefined) this.file.sql(AGE_NEW).run(lastInsertRowid, day);
    return true;
  }

  /** What is sealed without an expiry keeps its key for good. */
  #age(slot: unknown, day: ExpiryDay | undefined, wanted: ExpiryDay | undefined) {
    if (wanted === undefined) {
      if (day !== undefined) this.#stay(slot);
      return undefined;
    }
    return Number(this.file.sql(AGE).get(Number(slot), wanted)?.['day']);
  }

  #stay(slot: unknown): void {
    if (slot !== undefined) this.file.sql(STAY).run(Number(slot));
  }

  #stored(stream: string): { readonly slot: unknown; readonly found: SlotKey } | undefined {
    const row = this.file.guard(() => this.file.sql(FIND).get(stream));
    if (!row) return undefined;
    const wrapped = row['wrapped'] as Uint8Array;
    if (wrapped.every((byte) => byte === 0xff)) return undefined;
    const key = wrapped.every((byte) => byte === 0) ? null : this.wrap.unwrap(stream, wrapped);
    const day = row['day'] === null ? undefined : Number(row['day']);
    return { slot: row['slot'], found: { key, day } };
  }
}
