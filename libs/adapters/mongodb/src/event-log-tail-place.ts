import type { StoredFact } from '#libs/ports/event-log';

import {
  brokenAt,
  storedFacts,
  type CommitDocument,
  type CommitCollection,
} from './event-log-documents.js';

/** A commit that was read. */
export interface Seen {
  readonly first: number;
  readonly last: number;
  readonly facts: readonly StoredFact[];
}

/** Commits asked for at once: most hold a few facts, some hold hundreds. */
const BATCH_MOST = 1024;
/** So many hide the way to the server and back, and are still few to hold. */
const PAGES_AHEAD = 4;

/** Where one reader is, and the commits that were fetched for it beyond. Facts never change, so they stay true. */
export class TailPlace {
  #seen: Seen | undefined;
  #waiting: CommitDocument[] = [];
  /** Asked for while the reader works: never rejects, for perhaps nobody comes back for it. */
  #ahead: Promise<readonly CommitDocument[]> | undefined;
  /** Whether the batch fetched last was full, so that there is probably more. */
  #isMore = true;
  #factsPerCommit = 1;
  #reads = 0;

  constructor(
    private readonly commits: CommitCollection,
    holder: Seen | undefined,
  ) {
    this.#seen = holder;
    if (holder) this.#factsPerCommit = holder.facts.length;
  }

  holds(after: number): boolean {
    const { first = 0, last = 0 } = this.#seen ?? {};
    return first <= after && after <= last;
  }

  async read(after: number, limit: number): Promise<readonly StoredFact[]> {
    const { first = 0, last = 0, facts = [] } = this.#seen ?? {};
    // Beyond the head there is nothing.
    if (last < after) return [];
    const begin = after + 1 - first;
    const found = facts.slice(begin, begin + limit);
    for (let isEnd = false; found.length < limit;) {
      const document = this.#waiting.shift();
      if (document) {
        this.#seen = nextSeen(document, this.#last + 1);
        for (const fact of this.#seen.facts.slice(0, limit - found.length)) found.push(fact);
      } else if (isEnd) break;
      else isEnd = await this.#fetch(limit - found.length);
    }
    this.#fetchAhead(limit);
    return found;
  }

  get #last(): number {
    return this.#seen?.last ?? 0;
  }

  /** `true` when the log held no more than this a moment ago. */
  async #fetch(facts: number): Promise<boolean> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    // What was asked for earlier says nothing about what has been appended since.
    if (ahead && this.#take(await ahead)) return false;
    const most = this.#commitsFor(facts);
    const documents = await this.#ask(this.#last, most);
    this.#isMore = documents.length === most;
    this.#take(documents);
    return !this.#isMore;
  }

  #take(documents: readonly CommitDocument[]): boolean {
    this.#waiting = [...documents];
    if (documents.length === 0) return false;
    const facts = documents.reduce((sum, document) => sum + document.facts.length, 0);
    this.#factsPerCommit = Math.max(1, facts / documents.length);
    return true;
  }

  /** Some pages more, while the reader works on this one: not for one who comes once, nor beyond the head. */
  #fetchAhead(facts: number): void {
    const most = this.#commitsFor(facts * PAGES_AHEAD);
    const isFollowed = ++this.#reads > 1;
    if (!isFollowed || !this.#isMore || this.#ahead || this.#waiting.length > most / 2) return;
    const held = this.#waiting.at(-1);
    this.#ahead = this.#ask(held ? held._id + held.count - 1 : this.#last, most).then(
      (documents) => {
        this.#isMore = documents.length === most;
        return documents;
      },
      () => [],
    );
  }

  /** Neighbours are of similar size: so many will do, and large ones are not fetched in vain. */
  #commitsFor(facts: number): number {
    return Math.min(Math.ceil(facts / this.#factsPerCommit), BATCH_MOST);
  }

  #ask(after: number, most: number): Promise<CommitDocument[]> {
    return this.commits
      .find({ _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(most)
      .batchSize(most + 1)
      .toArray();
  }
}

const nextSeen = (document: CommitDocument, next: number): Seen => {
  if (document._id !== next || document.count !== document.facts.length) throw brokenAt(next);
  return seenOf(document);
};

export const seenOf = (document: CommitDocument): Seen => {
  const facts = storedFacts(document);
  return { first: document._id, last: document._id + facts.length - 1, facts };
};
