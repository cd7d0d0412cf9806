import type { StoredFact } from '#libs/ports/event-log';

import { brokenAt, storedFacts, type CommitDocument, type Commits } from './event-log-documents.js';

interface Seen {
  readonly first: number;
  readonly last: number;
  readonly facts: readonly StoredFact[];
}

/** Commits asked for at once: most are small, one may be a mebibyte. */
const BATCH_MOST = 64;
/** One for each reader that tails: its last commit, where its next read goes on. */
const REMEMBERED = 8;

/** Reads in order and stops at a gap: the next commit must begin where the one before ends. */
export class LogTail {
  #recent: Seen[] = [];

  constructor(private readonly commits: Commits) {}

  async read(after: number, limit: number): Promise<readonly StoredFact[]> {
    const holder = await this.#holderOf(after);
    // Beyond the head there is nothing.
    if (holder && holder.last < after) return [];
    const found = holder
      ? holder.facts.slice(after + 1 - holder.first, after + 1 - holder.first + limit)
      : [];
    if (found.length < limit) await this.#goOn(found, limit, holder);
    return found;
  }

  /** Adds what stands in the commits after this one. */
  async #goOn(found: StoredFact[], limit: number, holder: Seen | undefined): Promise<void> {
    let seen = holder;
    for (let asked = 0, got = 0; asked === got && found.length < limit;) {
      // Neighbours are of similar size: so many will do, and large ones are not fetched in vain.
      const missing = Math.ceil((limit - found.length) / (seen?.facts.length ?? 1));
      asked = Math.min(missing, BATCH_MOST);
      const documents = await this.commits
        .find({ _id: { $gt: seen?.last ?? 0 } })
        .sort({ _id: 1 })
        .limit(asked)
        .toArray();
      got = documents.length;
      for (const document of documents) {
        if (found.length >= limit) break;
        seen = nextSeen(document, (seen?.last ?? 0) + 1);
        found.push(...seen.facts.slice(0, limit - found.length));
      }
    }
    if (seen) this.#remember(seen);
  }

  /** The commit that holds this position, or the last one before it. Usually the one read last. */
  async #holderOf(position: number): Promise<Seen | undefined> {
    const seen = this.#recent.find(({ first, last }) => first <= position && position <= last);
    if (seen || position < 1) return seen;
    const document = await this.commits.findOne({ _id: { $lte: position } }, { sort: { _id: -1 } });
    if (!document) throw brokenAt(1);
    const holder = seenOf(document);
    if (position <= holder.last) return holder;
    const later = { _id: { $gt: position } };
    if (await this.commits.findOne(later, { projection: { _id: 1 } }))
      throw brokenAt(holder.last + 1);
    return holder;
  }

  #remember(seen: Seen): void {
    this.#recent = [seen, ...this.#recent.filter(({ first }) => first !== seen.first)];
    this.#recent.length = Math.min(this.#recent.length, REMEMBERED);
  }
}

const nextSeen = (document: CommitDocument, next: number): Seen => {
  if (document._id !== next || document.count !== document.facts.length) throw brokenAt(next);
  return seenOf(document);
};

const seenOf = (document: CommitDocument): Seen => {
  const facts = storedFacts(document);
  return { first: document._id, last: document._id + facts.length - 1, facts };
};
