import type { FeedTime } from '#libs/contracts';
import { fault, type JsonObject } from '#libs/kernel';
import {
  LARGEST_DOCUMENT,
  type ChangeFeed,
  type DocumentKey,
  type DocumentRead,
  type DocumentsRead,
  type FeedBatch,
  type FeedChange,
  type FeedHealth,
  type FeedOptions,
  type FeedPlace,
  type OpenFeed,
  type ScanPage,
  type ScanRequest,
} from '#libs/ports/change-feed';

import type { MemoryChange, MemoryCollection } from './memory-collection.js';
import { byIdentity, fits, projected, valuesAt } from './memory-documents.js';

export type MemoryFeedOptions = Pick<
  FeedOptions,
  'fields' | 'quietFields' | 'groupField' | 'filter'
>;

/** Follows a collection in memory: for tests. It keeps every promise of the port but durability. */
export class MemoryFeed implements ChangeFeed {
  /** Which making of the collection it follows; another one is none of its business until `now`. */
  #generation: number | undefined;
  readonly #open = new Set<OpenMemoryFeed>();

  constructor(
    private readonly collection: MemoryCollection,
    private readonly options: MemoryFeedOptions = {},
  ) {}

  async now(): Promise<FeedPlace> {
    const generation = this.collection.generation;
    if (generation === undefined) throw fault('CAPTURE_COLLECTION_GONE');
    this.#generation = generation;
    return placeOf(this.collection.end, this.collection.at);
  }

  async open(after: FeedPlace): Promise<OpenFeed> {
    this.collection.reach();
    if (!/^\d+$/.test(after.token)) throw fault('CAPTURE_HISTORY_LOST');
    const opened = new OpenMemoryFeed(this.collection, this.options, after);
    this.#open.add(opened);
    return opened;
  }

  async read(keys: readonly DocumentKey[]): Promise<DocumentsRead> {
    this.#followed();
    if (keys.some((key) => this.collection.isUnreadable(key)))
      throw fault('CAPTURE_DOCUMENT_UNREADABLE');
    const { documents, at } = this.collection.state();
    return { at, documents: keys.map((key) => this.#answer(key, documents.get(key))) };
  }

  async scan({ after, limit, group }: ScanRequest): Promise<ScanPage> {
    this.#followed();
    const { documents, at } = this.collection.state();
    const rest = [...documents]
      .filter(([, document]) => this.#isOf(document, group))
      .sort(([one], [other]) => byIdentity(one, other))
      .filter(([key]) => after === undefined || byIdentity(key, after) > 0);
    const page = rest
      .slice(0, limit)
      .map(([key, document]) =>
        this.collection.isUnreadable(key)
          ? { key, unreadable: true as const }
          : this.#answer(key, document),
      );
    const last = page.at(-1);
    return { at, documents: page, ...(rest.length > limit && last && { next: last.key }) };
  }

  async count(): Promise<number> {
    this.#followed();
    const { documents } = this.collection.state();
    return [...documents.values()].filter((document) => this.#isOf(document, undefined)).length;
  }

  async examine(): Promise<FeedHealth> {
    const { isForbidden } = this.collection;
    if (isForbidden)
      return { obstacles: [{ kind: 'right', text: 'It does not let us read.' }], preImages: false };
    const isThere = this.collection.generation !== undefined;
    return {
      obstacles: isThere ? [] : [{ kind: 'place', text: 'The collection is not there.' }],
      preImages: false,
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((opened) => opened.close()));
    this.#open.clear();
  }

  #followed(): void {
    const generation = this.collection.generation;
    this.#generation ??= generation;
    if (generation === undefined || generation !== this.#generation)
      throw fault('CAPTURE_COLLECTION_GONE');
  }

  #isOf(document: JsonObject, group: string | undefined): boolean {
    const { filter, groupField } = this.options;
    if (filter && !fits(document, filter)) return false;
    if (group === undefined) return true;
    return groupField !== undefined && valuesAt(document, groupField).includes(group);
  }

  #answer(key: DocumentKey, document: JsonObject | undefined): DocumentRead {
    if (!document || !this.#isOf(document, undefined)) return { key };
    const chosen = projected(document, this.options.fields);
    const size = new TextEncoder().encode(JSON.stringify(chosen)).length;
    return size > LARGEST_DOCUMENT ? { key, tooLarge: size } : { key, document: chosen };
  }
}

class OpenMemoryFeed implements OpenFeed {
  #next: number;
  #at: FeedTime;
  #isClosed = false;
  #stopWaiting: (() => void) | undefined;

  constructor(
    private readonly collection: MemoryCollection,
    private readonly options: MemoryFeedOptions,
    { token, at }: FeedPlace,
  ) {
    this.#next = Number(token);
    this.#at = at;
  }

  async next({ waitMs, limit }: { waitMs: number; limit: number }): Promise<FeedBatch> {
    if (this.#isClosed) throw fault('CAPTURE_UNREACHABLE', { details: { reason: 'closed' } });
    const batch = this.#take(limit);
    if (batch.changes.length > 0 || waitMs === 0) return batch;
    await this.#something(waitMs);
    return this.#isClosed ? batch : this.#take(limit);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopWaiting?.();
  }

  #take(limit: number): FeedBatch {
    const happened = this.collection.after(this.#next);
    if (!happened) throw fault('CAPTURE_HISTORY_LOST');
    const changes: FeedChange[] = [];
    for (const what of happened) {
      if (changes.length === limit) break;
      if (what === 'dropped') {
        if (changes.length > 0) break;
        throw fault('CAPTURE_COLLECTION_GONE');
      }
      this.#next += 1;
      this.#at = what.at;
      if (tells(what, this.options)) changes.push(told(what));
    }
    if (this.#next === this.collection.end) this.#at = this.collection.at;
    return { changes, place: placeOf(this.#next, this.#at) };
  }

  #something(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const stop = () => {
        clearTimeout(timer);
        callOff();
        resolve();
      };
      const timer = setTimeout(stop, waitMs);
      const callOff = this.collection.onNext(stop);
      this.#stopWaiting = stop;
    });
  }
}

const placeOf = (next: number, at: FeedTime): FeedPlace => ({ token: `${next}`, at });

const told = ({ key, removed, at }: MemoryChange): FeedChange => ({ key, removed, at });

const rootOf = (path: string): string => path.split('.')[0] ?? path;

/** Whether a change can matter to what is followed. */
const tells = ({ changed }: MemoryChange, options: MemoryFeedOptions): boolean => {
  const { fields, quietFields = [], groupField, filter } = options;
  if (!changed || !fields) return true;
  const quiet = new Set(quietFields);
  const loud = new Set(fields.filter((path) => !quiet.has(path)).map(rootOf));
  if (groupField !== undefined) loud.add(rootOf(groupField));
  for (const path of Object.keys(filter ?? {})) loud.add(rootOf(path));
  return changed.some((name) => loud.has(name));
};
