import { fault, type Clock } from '#libs/kernel';
import {
  ChainWriter,
  COMMIT_LIMIT,
  excessBytes,
  NO_HASH,
  sizeOf,
  type ChainFact,
  type Commit,
  type Decided,
  type Digest,
  type DraftFact,
  type Head,
  type Observed,
} from '#libs/ports/event-log';

import type { SqliteDatabase } from './database.js';
import { HASHED_FACT_COLUMNS, idBytes, LOG_TABLES, type CommitRow } from './event-log-rows.js';

export type Append =
  | { readonly kind: 'observe'; readonly facts: readonly DraftFact[] }
  | {
      readonly kind: 'decide';
      readonly stream: string;
      readonly expectedVersion: number;
      readonly facts: readonly DraftFact[];
    }
  | { readonly kind: 'era'; readonly era: number };

export type Appended = readonly Observed[] | Decided | Head;

const INSERT = `INSERT INTO log_facts (${HASHED_FACT_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`;

/**
 * What happens inside the transaction. Everything it needs is read there, so that it can be run
 * again after a rollback, and no memory of this process is ever ahead of the file.
 */
export class LogAppends {
  constructor(
    private readonly database: SqliteDatabase,
    private readonly digest: Digest,
    private readonly clock: Clock,
  ) {}

  /** Makes the tables and the genesis, if they are not there. */
  create(): Head {
    this.database.exec(LOG_TABLES);
    const head = this.head();
    if (head) return head;
    const recordedAt = this.clock.now();
    const chain = new ChainWriter(this.digest, { era: 0, position: 0, hash: NO_HASH }, recordedAt);
    this.#insert(chain.beginEra(recordedAt).fact);
    chain.finish().forEach((commit) => this.#insertCommit(commit));
    return chain.head;
  }

  head(): Head | undefined {
    const last = this.database
      .sql('SELECT first, count, era, hash FROM log_commits ORDER BY first DESC LIMIT 1')
      .get() as unknown as CommitRow | undefined;
    return last && { era: last.era, position: last.first + last.count - 1, hash: last.hash };
  }

  /** All appends of one turn, as one commit (more only where the limit cuts). */
  run(appends: readonly Append[]): readonly Appended[] {
    const chain = new ChainWriter(this.digest, this.create(), this.clock.now());
    const answers = appends.map((append) => this.#append(chain, append));
    for (const commit of chain.finish()) this.#insertCommit(commit);
    return answers;
  }

  #append(chain: ChainWriter, append: Append): Appended {
    switch (append.kind) {
      case 'observe':
        return append.facts.map((draft) => this.#observe(chain, draft));
      case 'decide':
        return this.#decide(chain, append);
      case 'era':
        return this.#beginEra(chain, append.era);
    }
  }

  #observe(chain: ChainWriter, draft: DraftFact): Observed {
    const bytes = excessBytes(draft);
    if (bytes !== undefined) return { outcome: 'too_large', bytes };
    const placed = chain.place(draft);
    // One statement for the usual case; only what is known costs a second one.
    if (this.#insert(placed.fact, ' ON CONFLICT (id) DO NOTHING') === 0)
      return { outcome: 'known', position: this.#positionOf(draft) ?? 0 };
    chain.accept(placed);
    return { outcome: 'appended', position: placed.fact.position };
  }

  #decide(chain: ChainWriter, decision: Append & { kind: 'decide' }): Decided {
    const { stream, expectedVersion, facts } = decision;
    for (const draft of facts) {
      const bytes = excessBytes(draft);
      if (bytes !== undefined) return { outcome: 'too_large', bytes };
    }
    const known = facts.flatMap((draft) => this.#positionOf(draft) ?? []);
    if (facts.length > 0 && known.length === facts.length)
      return { outcome: 'appended', positions: known };
    const version = this.#versionOf(stream);
    if (version !== expectedVersion || known.length > 0) return { outcome: 'conflict', version };
    const placed = chain.placeDecision(facts, version);
    const bytes = sizeOf(placed);
    if (bytes > COMMIT_LIMIT) return { outcome: 'too_large', bytes };
    for (const { fact } of placed) this.#insert(fact);
    chain.acceptDecision(placed);
    return { outcome: 'appended', positions: placed.map(({ fact }) => fact.position) };
  }

  #beginEra(chain: ChainWriter, era: number): Head {
    if (era < chain.head.era) throw fault('LOG_ERA_NOT_NEWER', { details: { era } });
    if (era > chain.head.era) this.#insert(chain.beginEra(era).fact);
    return chain.head;
  }

  #positionOf({ id }: DraftFact): number | undefined {
    const row = this.database.sql('SELECT position FROM log_facts WHERE id = ?').get(idBytes(id));
    return row?.['position'] as number | undefined;
  }

  #versionOf(stream: string): number {
    const row = this.database
      .sql('SELECT max(version) AS version FROM log_facts WHERE stream = ?')
      .get(stream);
    return (row?.['version'] as number | null) ?? 0;
  }

  #insert(fact: ChainFact, onConflict = ''): number {
    const { changes } = this.database
      .sql(INSERT + onConflict)
      .run(
        fact.position,
        idBytes(fact.id),
        fact.stream,
        fact.version,
        fact.type,
        fact.era,
        fact.occurredAt,
        fact.recordedAt,
        fact.meta,
        fact.data,
        fact.personal ?? null,
        fact.hash,
      );
    return Number(changes);
  }

  #insertCommit({ first, facts, era, previousHash, hash }: Commit): void {
    this.database
      .sql('INSERT INTO log_commits (first, count, era, previous_hash, hash) VALUES (?,?,?,?,?)')
      .run(first, facts.length, era, previousHash, hash);
  }
}
