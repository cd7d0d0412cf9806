import { hash } from 'node:crypto';
import type { StatementSync } from 'node:sqlite';

import { asFault, Fault, fault, type Clock, type Id } from '#libs/kernel';
import {
  Bell,
  checkDecision,
  checkDraft,
  type Commit,
  type Decided,
  type Digest,
  type DraftFact,
  type EventLog,
  type Head,
  type LogChain,
  type Observed,
  type StoredFact,
} from '#libs/ports/event-log';

import type { SqliteDatabase } from './database.js';
import { LogAppends, type Append, type Appended } from './event-log-appends.js';
import {
  FACT_COLUMNS,
  HASHED_FACT_COLUMNS,
  idBytes,
  storedCommit,
  storedFact,
  type CommitRow,
  type FactRow,
  type HashedFactRow,
} from './event-log-rows.js';

export interface SqliteEventLogOptions {
  readonly database: SqliteDatabase;
  readonly clock: Clock;
  /** How long a waiting reader can miss what another process has appended. */
  readonly wakeMs?: number;
}

interface Pending {
  readonly append: Append;
  readonly settle: (answer: Appended) => void;
  readonly fail: (error: unknown) => void;
}

const sha256: Digest = (bytes) => hash('sha256', bytes, 'buffer');

/** The log in one SQLite file. All appends of one turn of the event loop are one commit. */
export const sqliteEventLog = ({
  database,
  clock,
  wakeMs = 1000,
}: SqliteEventLogOptions): EventLog & LogChain =>
  new SqliteEventLog(database, new LogAppends(database, sha256, clock), wakeMs);

class SqliteEventLog implements EventLog, LogChain {
  readonly #bell = new Bell();
  #pending: Pending[] = [];
  #created = false;

  constructor(
    private readonly database: SqliteDatabase,
    private readonly appends: LogAppends,
    private readonly wakeMs: number,
  ) {}

  async observe(facts: readonly DraftFact[]): Promise<readonly Observed[]> {
    facts.forEach(checkDraft);
    if (facts.length === 0) return [];
    return (await this.#append({ kind: 'observe', facts })) as readonly Observed[];
  }

  async decide(
    stream: string,
    expectedVersion: number,
    facts: readonly DraftFact[],
  ): Promise<Decided> {
    checkDecision(stream, facts);
    return (await this.#append({ kind: 'decide', stream, expectedVersion, facts })) as Decided;
  }

  async beginEra(era: number): Promise<Head> {
    return (await this.#append({ kind: 'era', era })) as Head;
  }

  stream(stream: string, after: number, limit: number): Promise<readonly StoredFact[]> {
    return this.#read(() => {
      const rows = this.#select(
        `SELECT ${FACT_COLUMNS} FROM log_facts WHERE stream = ? AND version > ? ORDER BY version LIMIT ?`,
      ).all(stream, after, limit);
      return (rows as unknown as FactRow[]).map(storedFact);
    });
  }

  read(after: number, limit: number): Promise<readonly StoredFact[]> {
    return this.#read(() => {
      const head = this.appends.head();
      const rows = this.#select(FACTS_FROM).all(after + 1, limit) as unknown as FactRow[];
      const facts = rows.map(storedFact);
      facts.forEach(({ position }, i) => {
        if (position !== after + 1 + i) throw brokenAt(after + 1 + i);
      });
      const end = after + facts.length;
      if (facts.length < limit && head && head.position > end) throw brokenAt(end + 1);
      return facts;
    });
  }

  find(ids: readonly Id[]): Promise<readonly StoredFact[]> {
    return this.#read(() => {
      const select = this.#select(`SELECT ${FACT_COLUMNS} FROM log_facts WHERE id = ?`);
      return ids.flatMap((id) => {
        const row = select.get(idBytes(id)) as unknown as FactRow | undefined;
        return row ? [storedFact(row)] : [];
      });
    });
  }

  async wake(after: number, signal: AbortSignal): Promise<void> {
    const { position } = await this.head();
    if (position <= after) await this.#bell.wait(signal, this.wakeMs);
  }

  head(): Promise<Head> {
    return this.#read(() => {
      const head = this.appends.head();
      if (!head) throw brokenAt(1);
      return head;
    });
  }

  commits(from: number, limit: number): Promise<readonly Commit[]> {
    return this.#read(() => {
      const rows = this.database
        .sql(
          `SELECT * FROM log_commits WHERE first >= coalesce(
             (SELECT max(first) FROM log_commits WHERE first <= ?), 0) ORDER BY first LIMIT ?`,
        )
        .all(from, limit) as unknown as CommitRow[];
      return rows.map((row) => {
        const facts = this.#select(HASHED_FACTS_FROM).all(row.first, row.count);
        return storedCommit(
          row,
          (facts as unknown as HashedFactRow[]).filter(
            ([position]) => position < row.first + row.count,
          ),
        );
      });
    });
  }

  #select(sql: string): StatementSync {
    const statement = this.database.sql(sql);
    statement.setReturnArrays(true);
    return statement;
  }

  /** Joins the appends of this turn; the first one asks for the write that takes them all. */
  #append(append: Append): Promise<Appended> {
    return new Promise<Appended>((settle, fail) => {
      this.#pending.push({ append, settle, fail });
      if (this.#pending.length === 1) void this.#commit(this.#pending);
    });
  }

  async #commit(group: readonly Pending[]): Promise<void> {
    try {
      const answers = await this.database.write(() => {
        if (this.#pending === group) this.#pending = [];
        return this.appends.run(group.map(({ append }) => append));
      });
      this.#created = true;
      group.forEach(({ settle }, i) => settle(answers[i] as Appended));
      this.#bell.ring();
    } catch (error) {
      if (this.#pending === group) this.#pending = [];
      const cause = logFault(this.database, error);
      // What is wrong with the store is wrong for all; anything else is the fault of one of them.
      if (group.length === 1 || cause.kind === 'unavailable')
        for (const { fail } of group) fail(cause);
      else for (const one of group) void this.#commit([one]);
    }
  }

  async #read<T>(work: () => T): Promise<T> {
    try {
      if (!this.#created) await this.database.write(() => this.appends.create());
      this.#created = true;
      return work();
    } catch (error) {
      throw logFault(this.database, error);
    }
  }
}

const factsFrom = (columns: string): string =>
  `SELECT ${columns} FROM log_facts WHERE position >= ? ORDER BY position LIMIT ?`;
const FACTS_FROM = factsFrom(FACT_COLUMNS);
const HASHED_FACTS_FROM = factsFrom(HASHED_FACT_COLUMNS);

const brokenAt = (position: number): Fault => fault('LOG_CHAIN_BROKEN', { details: { position } });

/** SQLITE_CORRUPT, SQLITE_NOTADB; SQLITE_CONSTRAINT: a place after the head is taken already. */
const NOT_WHOLE = [11, 26, 19];
/** SQLITE_BUSY, SQLITE_LOCKED, SQLITE_READONLY, SQLITE_IOERR, SQLITE_CANTOPEN. */
const AWAY = [5, 6, 8, 10, 14];

const logFault = (database: SqliteDatabase, error: unknown): Fault => {
  // The database remembers a damaged file, and says so when it is asked how it is.
  database.translated(error);
  const { errcode, code } = error as { errcode?: number; code?: string };
  const primary = (errcode ?? 0) & 0xff;
  if (NOT_WHOLE.includes(primary) || code === 'STORE_CORRUPT')
    return fault('LOG_CHAIN_BROKEN', { cause: error });
  if (AWAY.includes(primary) || code === 'ERR_INVALID_STATE' || code === 'DOCUMENTS_UNAVAILABLE')
    return fault('LOG_UNAVAILABLE', { cause: error });
  return asFault(error);
};
