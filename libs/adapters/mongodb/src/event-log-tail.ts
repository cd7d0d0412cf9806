import type { StoredFact } from '#libs/ports/event-log';

import { brokenAt, type CommitCollection } from './event-log-documents.js';
import { seenOf, TailPlace, type Seen } from './event-log-tail-place.js';

/** One for each reader that tails: where its next read goes on. */
const REMEMBERED = 8;

/** Reads in order and stops at a gap: the next commit must begin where the one before ends. */
export class LogTail {
  #places: TailPlace[] = [];

  constructor(private readonly commits: CommitCollection) {}

  async read(after: number, limit: number): Promise<readonly StoredFact[]> {
    const place = this.#take(after) ?? (await this.#find(after));
    const found = await place.read(after, limit);
    // Only a place that is sound is kept: what failed is looked up again.
    this.#places = [place, ...this.#places].slice(0, REMEMBERED);
    return found;
  }

  /** Nobody else goes on from it meanwhile. */
  #take(after: number): TailPlace | undefined {
    const at = this.#places.findIndex((place) => place.holds(after));
    return at < 0 ? undefined : this.#places.splice(at, 1)[0];
  }

  /** Behind the commit that holds this position, or the last one before it. */
  async #find(after: number): Promise<TailPlace> {
    return new TailPlace(this.commits, after < 1 ? undefined : await this.#holderOf(after));
  }

  async #holderOf(position: number): Promise<Seen> {
    const document = await this.commits.findOne({ _id: { $lte: position } }, { sort: { _id: -1 } });
    if (!document) throw brokenAt(1);
    const holder = seenOf(document);
    if (position <= holder.last) return holder;
    const later = { _id: { $gt: position } };
    if (await this.commits.findOne(later, { projection: { _id: 1 } }))
      throw brokenAt(holder.last + 1);
    return holder;
  }
}
