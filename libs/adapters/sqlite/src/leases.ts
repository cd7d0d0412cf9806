import type { Leases, LeaseState } from '#libs/ports/documents';

import type { SqliteDatabase } from './database.js';

interface Held {
  readonly holder: string;
  readonly term: number;
  readonly expiresAt: number;
}

/** Time that only goes forward: a wall clock that is set has no effect. */
export interface Stopwatch {
  now(): number;
}

const sinceStart: Stopwatch = { now: () => performance.now() };

/**
 * One process owns the file, so a holder of a lease in an earlier process is dead. Holders live in memory, and a
 * restart need not wait for their time to run out. Terms are on disk and only grow.
 */
export const sqliteLeases = ({
  database,
  clock = sinceStart,
}: {
  database: SqliteDatabase;
  clock?: Stopwatch;
}): Leases => new LeasesInSqlite(database, clock);

/** Shared by everyone who opens leases on one database. */
const holders = new WeakMap<SqliteDatabase, Map<string, Held>>();

class LeasesInSqlite implements Leases {
  readonly #held: Map<string, Held>;

  constructor(
    private readonly database: SqliteDatabase,
    private readonly clock: Stopwatch,
  ) {
    this.#held = holders.get(database) ?? new Map<string, Held>();
    holders.set(database, this.#held);
  }

  async acquire(name: string, holder: string, ttlMs: number): Promise<LeaseState | undefined> {
    const before = this.#current(name);
    if (before && before.holder !== holder) return undefined;
    // Taken at once, so that nobody else gets in while the term is being written.
    const claim: Held = { holder, term: 0, expiresAt: Infinity };
    this.#held.set(name, claim);
    try {
      const term = await this.database.write(() => this.#nextTerm(name));
      const lease = { holder, term, expiresAt: this.clock.now() + ttlMs };
      if (this.#held.get(name) !== claim) return undefined;
      this.#held.set(name, lease);
      return { name, holder, term, expiresInMs: ttlMs };
    } catch (error) {
      if (this.#held.get(name) === claim) this.#restore(name, before);
      throw error;
    }
  }

  renew(name: string, holder: string, term: number, ttlMs: number): Promise<boolean> {
    const mine = this.#mine(name, holder, term);
    if (mine) this.#held.set(name, { ...mine, expiresAt: this.clock.now() + ttlMs });
    return Promise.resolve(mine !== undefined);
  }

  release(name: string, holder: string, term: number): Promise<void> {
    if (this.#mine(name, holder, term)) this.#held.delete(name);
    return Promise.resolve();
  }

  list(): Promise<readonly LeaseState[]> {
    const now = this.clock.now();
    const live = [...this.#held]
      .map(([name, { holder, term, expiresAt }]) => ({
        name,
        holder,
        term,
        expiresInMs: expiresAt - now,
      }))
      .filter(({ term, expiresInMs }) => term > 0 && expiresInMs > 0);
    return Promise.resolve(live.sort((a, b) => (a.name < b.name ? -1 : 1)));
  }

  #nextTerm(name: string): number {
    this.database.exec(
      'CREATE TABLE IF NOT EXISTS leases (name TEXT NOT NULL PRIMARY KEY, term INTEGER NOT NULL)',
    );
    const row = this.database
      .sql(
        `INSERT INTO leases (name, term) VALUES (?, 1)
         ON CONFLICT (name) DO UPDATE SET term = term + 1 RETURNING term`,
      )
      .get(name);
    return row?.['term'] as number;
  }

  #current(name: string): Held | undefined {
    const held = this.#held.get(name);
    return held && held.expiresAt > this.clock.now() ? held : undefined;
  }

  #mine(name: string, holder: string, term: number): Held | undefined {
    const held = this.#current(name);
    return held?.holder === holder && held.term === term ? held : undefined;
  }

  /** A claim of the same holder that never got its term is not worth going back to. */
  #restore(name: string, before: Held | undefined): void {
    if (before && before.term > 0) this.#held.set(name, before);
    else this.#held.delete(name);
  }
}
