import type { Commit, StoredFact } from '#libs/ports/event-log';

import { brokenAt, storedCommit, type Commits } from './event-log-documents.js';

/** Commits asked for at once: most are small, one may be a mebibyte. */
const BATCH = 64;
/** One for each reader that tails: its last commit, where its next read goes on. */
const REMEMBERED = 8;

/** Reads in order and stops at a gap: the next commit must begin where the one before ends. */
export class LogTail {
  #recent: Commit[] = [];

  constructor(private readonly commits: Commits) {}

  async read(after: number, limit: number): Promise<readonly StoredFact[]> {
    const found: StoredFact[] = [];
    const holder = await this.#holderOf(after);
    let next = holder ? endOf(holder) + 1 : 1;
    if (holder) take(found, holder, after);
    if (found.length < limit && next > after) {
      let last: Commit | undefined;
      const rest = this.commits
        .find({ _id: { $gte: next } })
        .sort({ _id: 1 })
        .batchSize(BATCH);
      for await (const document of rest) {
        if (document._id !== next || document.count !== document.facts.length) throw brokenAt(next);
        const commit = storedCommit(document);
        take(found, commit, after);
        next = endOf(commit) + 1;
        last = commit;
        if (found.length >= limit) break;
      }
      if (last) this.#remember(last);
    }
    return found.slice(0, limit);
  }

  /** The commit that holds this position. Usually it is the one that was read last. */
  async #holderOf(position: number): Promise<Commit | undefined> {
    const seen = this.#recent.find(
      (commit) => commit.first <= position && position <= endOf(commit),
    );
    if (seen || position < 1) return seen;
    const document = await this.commits.findOne({ _id: { $lte: position } }, { sort: { _id: -1 } });
    if (!document) throw brokenAt(1);
    const commit = storedCommit(document);
    if (position <= endOf(commit)) return commit;
    // Beyond the head there is nothing; before it there is a gap.
    const later = await this.commits.findOne(
      { _id: { $gt: position } },
      { projection: { _id: 1 } },
    );
    if (later) throw brokenAt(endOf(commit) + 1);
    return commit;
  }

  #remember(commit: Commit): void {
    this.#recent.unshift(commit);
    this.#recent.length = Math.min(this.#recent.length, REMEMBERED);
  }
}

const endOf = ({ first, facts }: Commit): number => first + facts.length - 1;

const take = (into: StoredFact[], { facts }: Commit, after: number): void => {
  for (const { hash: _, ...fact } of facts) if (fact.position > after) into.push(fact);
};
