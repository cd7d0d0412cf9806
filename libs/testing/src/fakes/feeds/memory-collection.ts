import type { FeedTime } from '#libs/contracts';
import { fault, type Json, type JsonObject } from '#libs/kernel';
import type { DocumentKey } from '#libs/ports/change-feed';

/** A change as the history holds it. */
export interface MemoryChange {
  readonly key: DocumentKey;
  readonly removed: boolean;
  readonly at: FeedTime;
  /** Root names; missing: the whole document. */
  readonly changed?: readonly string[];
}

type Happened = MemoryChange | 'dropped';

export interface MemoryState {
  readonly documents: ReadonlyMap<DocumentKey, JsonObject>;
  readonly at: FeedTime;
}

/** The key of a document, from its `_id` as canonical Extended JSON. */
export const keyOf = (id: Json): DocumentKey => JSON.stringify(id);

/**
 * A followed collection that a test writes, and breaks. Documents are canonical Extended JSON. Any number of feeds may
 * follow it, one after the other or at once: what happened stays here when a feed is closed.
 */
export class MemoryCollection {
  #documents = new Map<DocumentKey, JsonObject>();
  readonly #history: Happened[] = [];
  readonly #unreadable = new Set<DocumentKey>();
  readonly #waiting = new Set<() => void>();
  #forgotten = 0;
  #generation = 1;
  #isThere = true;
  #isTogether = false;
  #isAway = false;
  #isForbidden = false;
  #at: FeedTime;

  constructor(documents: readonly JsonObject[] = [], seconds = 1_800_000_000) {
    this.#at = { t: seconds, i: 1 };
    for (const document of documents) this.#documents.set(keyOfDocument(document), document);
  }

  /** Puts a whole document there, new or in the place of an older one. A collection that was dropped is made again. */
  write(document: JsonObject): DocumentKey {
    this.create();
    const key = keyOfDocument(document);
    this.#documents.set(key, document);
    this.#happened({ key, removed: false, at: this.#tick() });
    return key;
  }

  /** Changes these fields of the root and no others. A document that is not there stays away. */
  change(id: Json, fields: JsonObject): void {
    const key = keyOf(id);
    const document = this.#documents.get(key);
    if (!document) return;
    this.#documents.set(key, { ...document, ...fields });
    this.#happened({ key, removed: false, at: this.#tick(), changed: Object.keys(fields) });
  }

  remove(id: Json): void {
    const key = keyOf(id);
    if (this.#documents.delete(key)) this.#happened({ key, removed: true, at: this.#tick() });
  }

  /** A transaction: everything in it has one time, and nobody reads or is told a part of it. */
  together(work: () => void): void {
    this.#tick();
    this.#isTogether = true;
    try {
      work();
    } finally {
      this.#isTogether = false;
      this.#wake();
    }
  }

  /** Its time goes on although nobody writes. */
  pass(seconds: number): void {
    this.#at = { t: this.#at.t + seconds, i: 1 };
  }

  /** Forgets every change so far, as a database does whose history is short. */
  loseHistory(): void {
    this.#forgotten = this.#history.length + 1;
    this.#history.push('dropped');
    this.#wake();
  }

  drop(): void {
    if (!this.#isThere) return;
    this.#isThere = false;
    this.#documents = new Map();
    this.#tick();
    this.#happened('dropped');
  }

  /** There again, empty, after a drop. */
  create(): void {
    if (this.#isThere) return;
    this.#isThere = true;
    this.#generation += 1;
  }

  away(): void {
    this.#isAway = true;
    this.#wake();
  }

  back(): void {
    this.#isAway = false;
  }

  forbid(): void {
    this.#isForbidden = true;
    this.#wake();
  }

  allow(): void {
    this.#isForbidden = false;
  }

  breakDocument(id: Json): void {
    this.#unreadable.add(keyOf(id));
  }

  mendDocument(id: Json): void {
    this.#unreadable.delete(keyOf(id));
  }

  get isForbidden(): boolean {
    return this.#isForbidden;
  }

  /** For feeds: which making of the collection this is; missing while it is not there. */
  get generation(): number | undefined {
    this.reach();
    return this.#isThere ? this.#generation : undefined;
  }

  get end(): number {
    return this.#history.length;
  }

  get at(): FeedTime {
    return this.#at;
  }

  /** Throws while it is away or forbids. */
  reach(): void {
    if (this.#isAway) throw fault('CAPTURE_UNREACHABLE');
    if (this.#isForbidden) throw fault('CAPTURE_FORBIDDEN');
  }

  /** What happened after `from`, by number; missing where that is forgotten. */
  after(from: number): readonly Happened[] | undefined {
    this.reach();
    return from < this.#forgotten ? undefined : this.#history.slice(from);
  }

  state(): MemoryState {
    return { documents: this.#documents, at: this.#at };
  }

  isUnreadable(key: DocumentKey): boolean {
    return this.#unreadable.has(key);
  }

  /** Calls once, at the next thing that happens; what it gives back calls it off. */
  onNext(call: () => void): () => void {
    this.#waiting.add(call);
    return () => this.#waiting.delete(call);
  }

  #tick(): FeedTime {
    if (!this.#isTogether) this.#at = { t: this.#at.t, i: this.#at.i + 1 };
    return this.#at;
  }

  #happened(what: Happened): void {
    this.#history.push(what);
    if (!this.#isTogether) this.#wake();
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const call of waiting) call();
  }
}

const keyOfDocument = (document: JsonObject): DocumentKey => {
  if (document._id === undefined) throw new TypeError('a document has an _id');
  return keyOf(document._id);
};
