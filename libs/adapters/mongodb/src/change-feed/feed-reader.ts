import type { BSON, Document } from 'mongodb';

import { isBefore, type FeedTime } from '#libs/contracts';
import { fault } from '#libs/kernel';
import type {
  DocumentKey,
  DocumentRead,
  DocumentsRead,
  ScanPage,
  ScanRequest,
} from '#libs/ports/change-feed';

import {
  feedTimeOf,
  idOfKey,
  isShuffled,
  keyOfId,
  readOf,
  sameKey,
  timestampOf,
} from './feed-documents.js';
import { filterOf, readPipeline } from './feed-pipelines.js';
import type { FollowedSource } from './followed-source.js';

/** A group up to this is looked up by its field and sorted; a larger one is met on the way through all. */
const SORTED_AT_ONCE = 50_000;

/** Reads documents as they were at one moment, of which a majority will not let go. */
export class FeedReader {
  /** No reading is earlier than what was told, nor than an earlier reading. */
  #floor: FeedTime = { t: 0, i: 0 };

  constructor(private readonly source: FollowedSource) {}

  /** From now on nothing is read as it was before this. */
  notBefore(at: FeedTime): void {
    if (isBefore(this.#floor, at)) this.#floor = at;
  }

  async read(keys: readonly DocumentKey[]): Promise<DocumentsRead> {
    await this.source.ensure();
    const ids = keys.map(idOfKey);
    if (ids.some(isShuffled)) throw fault('CAPTURE_DOCUMENT_UNREADABLE');
    const { at, found } = await this.source.run(async () => {
      const moment = await this.#moment();
      return { at: moment, found: await this.#documents(moment, ids) };
    });
    const documents = keys.map((key) => ({ ...found.get(sameKey(key)), key }));
    if (documents.some(({ key }) => !found.has(sameKey(key)))) await this.source.confirm();
    if (documents.some(({ unreadable }) => unreadable)) throw fault('CAPTURE_DOCUMENT_UNREADABLE');
    return { at: this.#read(at), documents };
  }

  async scan({ after, limit, group }: ScanRequest): Promise<ScanPage> {
    await this.source.ensure();
    const { at, keys, found } = await this.source.search(async () => {
      const moment = await this.#moment();
      const ids = await this.#ids(moment, { after, limit: limit + 1, group });
      const page = ids.slice(0, limit);
      return { at: moment, keys: ids.map(keyOfId), found: await this.#documents(moment, page) };
    });
    const next = keys.length > limit ? keys[limit - 1] : undefined;
    if (next === undefined) await this.source.confirm();
    const documents = keys.slice(0, limit).map((key) => found.get(key) ?? { key });
    return { at: this.#read(at), documents, ...(next !== undefined && { next }) };
  }

  async count(): Promise<number> {
    await this.source.ensure();
    const { collection, options } = this.source;
    const count = await this.source.search(() =>
      options.filter
        ? collection.countDocuments(filterOf(options))
        : collection.estimatedDocumentCount(),
    );
    if (count === 0) await this.source.confirm();
    return count;
  }

  /** The newest moment that a majority has, waited for where that is before our floor. */
  async #moment(): Promise<BSON.Timestamp> {
    const afterClusterTime = this.#floor.t > 0 && { afterClusterTime: timestampOf(this.#floor) };
    const answer = await this.source.db.command({
      ...{ find: this.source.options.collection, filter: { _id: { $in: [] } }, singleBatch: true },
      ...{ readConcern: { level: 'snapshot', ...afterClusterTime }, maxTimeMS: MOMENT_MS },
    });
    const { atClusterTime } = answer['cursor'] as { atClusterTime?: BSON.Timestamp };
    // A server reads nothing at all of a collection that is not there.
    if (!atClusterTime) throw fault('CAPTURE_COLLECTION_GONE');
    return atClusterTime;
  }

  #read(at: BSON.Timestamp): FeedTime {
    const time = feedTimeOf(at);
    this.notBefore(time);
    return time;
  }

  async #documents(
    at: BSON.Timestamp,
    ids: readonly unknown[],
  ): Promise<ReadonlyMap<DocumentKey, DocumentRead>> {
    const { options } = this.source;
    const answers = await this.#all(
      { aggregate: options.collection, pipeline: readPipeline(options, ids), cursor: {} },
      at,
      { raw: true },
    );
    return new Map(
      answers.map((bytes) => {
        const read = readOf(bytes as unknown as Uint8Array);
        return [read.key, read];
      }),
    );
  }

  /** Identities after one, in the order that the database gives them over all types. */
  async #ids(at: BSON.Timestamp, { after, limit, group }: ScanRequest): Promise<unknown[]> {
    if (after === MAX_KEY) return [];
    const isSorted = group !== undefined && (await this.#isSmall(group));
    const filter = { $and: [this.#chosen(group), ...(isSorted && after ? [behind(after)] : [])] };
    const sorted = { filter, sort: { _id: 1 } };
    if (isSorted) return this.#find(at, { ...sorted, limit });
    const hint = { _id: 1 };
    if (after === undefined) return this.#find(at, { ...sorted, hint, limit });
    // A comparison in a query stays within one type, the bound of an index does not. It is inclusive.
    const min = { _id: idOfKey(after) };
    const found = await this.#find(at, { ...sorted, hint, min, limit: limit + 1 });
    const ids = found.slice(found.length > 0 && keyOfId(found[0]) === after ? 1 : 0);
    if (ids.length >= limit) return ids.slice(0, limit);
    // It ends before the greatest identity of all, which may be there.
    const last = { $and: [filter, { _id: idOfKey(MAX_KEY) }] };
    return [...ids, ...(await this.#find(at, { filter: last, limit: 1 }))];
  }

  async #find(at: BSON.Timestamp, query: Document): Promise<unknown[]> {
    const find = this.source.options.collection;
    const command = { find, projection: { _id: 1 }, ...query };
    const found = await this.#all(command, at, { enableUtf8Validation: false });
    return found.map(({ _id }) => _id as unknown);
  }

  #chosen(group?: string): Document {
    const { groupField } = this.source.options;
    const all = filterOf(this.source.options);
    if (group === undefined) return all;
    if (groupField === undefined) return { _id: { $in: [] } };
    return { $and: [{ [groupField]: group }, all] };
  }

  async #isSmall(group: string): Promise<boolean> {
    const limit = SORTED_AT_ONCE + 1;
    return (await this.source.collection.countDocuments(this.#chosen(group), { limit })) < limit;
  }

  /** Runs a command at a moment to the end of its answers. */
  #all(
    command: Document,
    at: BSON.Timestamp,
    how: { raw?: boolean; enableUtf8Validation?: boolean },
  ): Promise<Document[]> {
    const readConcern = { level: 'snapshot', atClusterTime: at };
    const cursor = this.source.db.runCursorCommand({ ...command, readConcern }, how);
    return cursor.toArray() as Promise<Document[]>;
  }
}

/** A member that cannot reach this moment is behind, and says so. */
const MOMENT_MS = 10_000;

const MAX_KEY = '{"$maxKey":1}';

/** Unlike a query's own comparison, that of an expression goes over all types. */
const behind = (after: DocumentKey): Document => ({
  $expr: { $gt: ['$_id', { $literal: idOfKey(after) }] },
});
