import { setTimeout as delay } from 'node:timers/promises';

import { Binary } from 'mongodb';

import { asFault, backoffDelay, fault, type Clock } from '#libs/kernel';
import {
  ChainWriter,
  COMMIT_LIMIT,
  NO_HASH,
  type Bell,
  type Commit,
  type Digest,
  type Head,
} from '#libs/ports/event-log';

import { isDuplicate, type MongoDatabase } from './database.js';
import {
  brokenAt,
  commitDocument,
  ID_INDEX,
  KEY_INDEX,
  type CommitCollection,
} from './event-log-documents.js';
import { LogLookups } from './event-log-lookups.js';
import { planCommit, type AppendItem, type KnownFacts } from './event-log-plan.js';

export interface LogWriterOptions {
  readonly database: MongoDatabase;
  readonly commits: CommitCollection;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly bell: Bell;
  /** How long an append is tried again, an election included, before the caller hears of it. */
  readonly patienceMs: number;
}

type CommitOutcome = 'stored' | 'place_taken' | 'fact_known';

const PAUSE = { first: 4, most: 250 };
/** Nothing smaller than this is a fact, so no commit holds more items. */
const ITEMS_MOST = COMMIT_LIMIT / 128;

/** One insert in flight per process; what queues meanwhile is the next commit, without a timer. */
export class LogWriter {
  readonly lookups: LogLookups;
  readonly #queue: AppendItem[] = [];
  #draining = false;
  #head: Head | undefined;
  #created: Promise<void> | undefined;

  constructor(private readonly options: LogWriterOptions) {
    this.lookups = new LogLookups(options.commits);
  }

  push(items: readonly AppendItem[]): void {
    for (const item of items) this.#queue.push(item);
    if (!this.#draining) void this.#drain();
  }

  /** Makes indexes and genesis, once; two processes may do it at the same time. */
  created(): Promise<void> {
    this.#created ??= this.#create().catch((error: unknown) => {
      this.#created = undefined;
      throw error;
    });
    return this.#created;
  }

  async #create(): Promise<void> {
    const { commits, clock, digest } = this.options;
    await commits.createIndexes([
      { key: ID_INDEX, name: 'fact_id', unique: true },
      { key: KEY_INDEX, name: 'fact_key', unique: true },
    ]);
    if (await this.lookups.head()) return;
    const now = clock.now();
    const chain = new ChainWriter(digest, { era: 0, position: 0, hash: NO_HASH }, now);
    chain.beginEra(now);
    for (const commit of chain.finish())
      await commits.insertOne(commitDocument(commit)).catch((error: unknown) => {
        if (!isDuplicate(error)) throw error;
      });
  }

  async #drain(): Promise<void> {
    this.#draining = true;
    // Everything asked for in this turn of the event loop must be in the first commit.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      try {
        await this.#commitNext(performance.now() + this.options.patienceMs);
      } catch (error) {
        this.#head = undefined;
        const cause = asFault(error);
        for (const { fail } of this.#queue.splice(0)) fail(cause);
      }
    }
    this.#draining = false;
  }

  async #commitNext(deadline: number): Promise<void> {
    const known: KnownFacts = { ids: new Map(), versions: new Map() };
    const items = this.#queue.slice(0, ITEMS_MOST);
    const decisions = items.filter(({ kind }) => kind === 'decide');
    await this.#patiently(deadline, async () => {
      await this.created();
      await this.lookups.learn(known, decisions);
    });
    for (let attempt = 1; ; attempt++) {
      const head = (this.#head ??= await this.#patiently(deadline, () => this.#readHead()));
      const chain = new ChainWriter(this.options.digest, head, this.options.clock.now());
      const plan = planCommit(chain, items, known);
      const stored = plan.commit ? await this.#store(plan.commit, deadline) : 'stored';
      if (stored === 'stored') {
        this.#head = plan.head;
        this.#queue.splice(0, plan.taken);
        for (const answer of plan.answers) answer();
        this.options.bell.ring();
        return;
      }
      if (performance.now() > deadline) throw fault('LOG_UNAVAILABLE', { details: { attempt } });
      // What refused us may not be visible to majority reads yet; then this finds nothing new.
      this.#head = undefined;
      if (stored === 'fact_known')
        await this.#patiently(deadline, () =>
          this.lookups.learn(known, items.slice(0, plan.taken)),
        );
      if (attempt > 1) await delay(backoffDelay(PAUSE, attempt - 1));
    }
  }

  async #readHead(): Promise<Head> {
    const head = await this.lookups.head();
    if (!head) throw brokenAt(1);
    return head;
  }

  /** Inserts this very commit until the store has answered about it: hash and ids settle what happened. */
  async #store(commit: Commit, deadline: number): Promise<CommitOutcome> {
    const document = commitDocument(commit);
    let attempts = 0;
    return this.#patiently(deadline, async () => {
      attempts++;
      try {
        await this.options.commits.insertOne(document, { ignoreUndefined: true });
        return 'stored';
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        // It may be an earlier attempt of ours that stands there, though it was never answered.
        if (attempts > 1 && (await this.#isStored(commit))) return 'stored';
        return '_id' in error.keyPattern ? 'place_taken' : 'fact_known';
      }
    });
  }

  async #isStored({ first, hash }: Commit): Promise<boolean> {
    const same = { _id: first, hash: new Binary(hash) };
    return (await this.options.commits.findOne(same, { projection: { _id: 1 } })) !== null;
  }

  /** Repeats what is safe to repeat while the store is away. */
  async #patiently<T>(deadline: number, work: () => Promise<T>): Promise<T> {
    const { database } = this.options;
    for (let attempt = 1; ; attempt++) {
      try {
        if (attempt === 1) return await database.run('LOG_UNAVAILABLE', work);
        const left = Math.max(0, deadline - performance.now());
        return await database.run('LOG_UNAVAILABLE', work, left);
      } catch (error) {
        const { code } = asFault(error);
        if (code !== 'LOG_UNAVAILABLE' || database.closed || performance.now() > deadline)
          throw error;
        await delay(backoffDelay(PAUSE, attempt));
      }
    }
  }
}
