import { hash } from 'node:crypto';

import type { Clock, Id } from '#libs/kernel';
import {
  Bell,
  checkDecision,
  checkDraft,
  streamKey,
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

import type { MongoDatabase } from './database.js';
import {
  brokenAt,
  idBinary,
  KEY_INDEX,
  LOG_COLLECTION,
  storedCommit,
  storedFacts,
  type CommitDocument,
  type CommitCollection,
} from './event-log-documents.js';
import { LogTail } from './event-log-tail.js';
import { LogWriter } from './event-log-writer.js';

export interface MongodbEventLogOptions {
  readonly database: MongoDatabase;
  readonly clock: Clock;
  /** How long an append is tried again, an election included, before the caller hears of it. */
  readonly patienceMs?: number;
  /** How long a waiting reader waits at most. */
  readonly wakeMs?: number;
}

const sha256: Digest = (bytes) => hash('sha256', bytes, 'buffer');

/** How soon a waiting reader looks for what other processes append: quickly at first, then seldom. */
const LOOK = { first: 5, most: 250 };

/** The log as a chain of commit documents on a MongoDB replica set. */
export const mongodbEventLog = ({
  database,
  clock,
  patienceMs = 20_000,
  wakeMs = 1000,
}: MongodbEventLogOptions): EventLog & LogChain => {
  const commits = database.collection<CommitDocument>(LOG_COLLECTION);
  const bell = new Bell();
  const writer = new LogWriter({ database, commits, clock, digest: sha256, bell, patienceMs });
  return new MongodbEventLog(database, commits, writer, { bell, wakeMs });
};

class MongodbEventLog implements EventLog, LogChain {
  readonly #tail: LogTail;

  constructor(
    private readonly database: MongoDatabase,
    private readonly commitsOf: CommitCollection,
    private readonly writer: LogWriter,
    private readonly waiting: { readonly bell: Bell; readonly wakeMs: number },
  ) {
    this.#tail = new LogTail(commitsOf);
  }

  async observe(facts: readonly DraftFact[]): Promise<readonly Observed[]> {
    facts.forEach(checkDraft);
    if (facts.length === 0) return [];
    return new Promise((resolve, fail) => {
      const outcomes = new Array<Observed>(facts.length);
      let open = facts.length;
      this.writer.push(
        facts.map((draft, i) => ({
          kind: 'observe',
          draft,
          fail,
          answer: (outcome) => {
            outcomes[i] = outcome;
            if (--open === 0) resolve(outcomes);
          },
        })),
      );
    });
  }

  async decide(
    stream: string,
    expectedVersion: number,
    facts: readonly DraftFact[],
  ): Promise<Decided> {
    checkDecision(stream, facts);
    return new Promise((answer, fail) => {
      this.writer.push([{ kind: 'decide', stream, expectedVersion, facts, answer, fail }]);
    });
  }

  stream(stream: string, after: number, limit: number): Promise<readonly StoredFact[]> {
    return this.#read(async () => {
      const found: StoredFact[] = [];
      const range = { $gte: streamKey(stream, after + 1), $lt: `${stream}A` };
      // The hinted index gives commits in the order of the stream; a sort would gather them all first.
      const holders = this.commitsOf
        .find({ facts: { $elemMatch: { key: range } } })
        .hint(KEY_INDEX)
        .batchSize(READ_BATCH);
      for await (const document of holders) {
        for (const fact of storedFacts(document))
          if (fact.stream === stream && fact.version > after) found.push(fact);
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    });
  }

  read(after: number, limit: number): Promise<readonly StoredFact[]> {
    return this.#read(() => this.#tail.read(after, limit));
  }

  find(ids: readonly Id[]): Promise<readonly StoredFact[]> {
    return this.#read(async () => {
      const found = new Map<Id, StoredFact>();
      const wanted = new Set(ids);
      for await (const document of this.commitsOf.find({
        'facts.id': { $in: ids.map(idBinary) },
      }))
        for (const fact of storedFacts(document)) if (wanted.has(fact.id)) found.set(fact.id, fact);
      return ids.flatMap((id) => found.get(id) ?? []);
    });
  }

  /** A head that cannot be read is waited out: the read that follows says what is wrong. */
  async wake(after: number, signal: AbortSignal): Promise<void> {
    const { bell, wakeMs } = this.waiting;
    const end = performance.now() + wakeMs;
    for (let pause = LOOK.first; !signal.aborted; pause = Math.min(LOOK.most, pause * 2)) {
      const position = await this.head().then(
        (head) => head.position,
        () => after,
      );
      const left = end - performance.now();
      if (position > after || left <= 0) return;
      await bell.wait(signal, Math.min(pause, left));
    }
  }

  head(): Promise<Head> {
    return this.#read(async () => {
      const head = await this.writer.lookups.head();
      if (!head) throw brokenAt(1);
      return head;
    });
  }

  commits(from: number, limit: number): Promise<readonly Commit[]> {
    return this.#read(async () => {
      const holder = await this.commitsOf.findOne(
        { _id: { $lte: from } },
        { sort: { _id: -1 }, projection: { _id: 1 } },
      );
      const documents = await this.commitsOf
        .find({ _id: { $gte: holder?._id ?? 0 } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return documents.map(storedCommit);
    });
  }

  beginEra(era: number): Promise<Head> {
    return new Promise((answer, fail) => {
      this.writer.push([{ kind: 'era', era, answer, fail }]);
    });
  }

  #read<T>(work: () => Promise<T>): Promise<T> {
    return this.database.run('LOG_UNAVAILABLE', async () => {
      await this.writer.created();
      return work();
    });
  }
}

/** Commits asked for at once: most are small, one may be a mebibyte. */
const READ_BATCH = 64;
