import type { Collection as Stored } from 'mongodb';

import type { Clock } from '#libs/kernel';
import {
  planQuery,
  type Collection,
  type Documents,
  type FencedDocument,
  type NewDocument,
  type Page,
  type QueryPlan,
  type PutOutcome,
  type Query,
  type Swapped,
} from '#libs/ports/documents';

import { isDuplicate, type MongoDatabase } from './database.js';
import { DocumentCollections } from './documents-collections.js';
import { putAll } from './documents-put.js';
import { filterOf, sortOf } from './documents-query.js';
import {
  contentOf,
  documentOf,
  isExpired,
  notExpired,
  visible,
  type MongoContent,
  type MongoDocument,
} from './documents-stored.js';

export interface MongodbDocumentsOptions {
  readonly database: MongoDatabase;
  readonly clock: Clock;
}

export const mongodbDocuments = ({ database, clock }: MongodbDocumentsOptions): Documents =>
  new DocumentsInMongodb(database, clock);

class DocumentsInMongodb implements Documents {
  readonly #collections: DocumentCollections;

  constructor(
    private readonly database: MongoDatabase,
    private readonly clock: Clock,
  ) {
    this.#collections = new DocumentCollections(database);
  }

  async get(collection: Collection, ids: readonly string[]) {
    if (ids.length === 0) return [];
    const found = await this.#run(collection, (stored) =>
      stored.find({ _id: { $in: [...ids] }, ...visible(this.clock.now()) }).toArray(),
    );
    const byId = new Map(found.map((each) => [each._id, documentOf(collection, each)]));
    return ids.map((id) => byId.get(id));
  }

  async query(collection: Collection, query: Query): Promise<Page> {
    const plan = planQuery(collection, query);
    const found = await this.#run(collection, (stored) => this.#found(stored, plan));
    const items = found.slice(0, plan.limit).map((each) => documentOf(collection, each));
    const last = items.at(-1);
    return found.length > plan.limit && last ? { items, next: plan.cursorAt(last) } : { items };
  }

  async put(
    collection: Collection,
    documents: readonly FencedDocument[],
  ): Promise<readonly PutOutcome[]> {
    if (documents.length === 0) return [];
    const puts = documents.map((document) => ({
      id: document.id,
      fence: document.fence,
      content: contentOf(collection, document),
    }));
    return this.#run(collection, (stored) => putAll(stored, puts, this.clock.now()));
  }

  async swap(
    collection: Collection,
    document: NewDocument,
    expectedVersion: number,
  ): Promise<Swapped> {
    const content = contentOf(collection, document);
    return this.#run(collection, (stored) =>
      expectedVersion === 0
        ? create(stored, document.id, content, this.clock.now())
        : replace(stored, { id: document.id, content, expectedVersion }, this.clock.now()),
    );
  }

  async remove(collection: Collection, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.#run(collection, (stored) => stored.deleteMany({ _id: { $in: [...ids] } }));
  }

  drop(collection: Collection): Promise<void> {
    return this.database.run('DOCUMENTS_UNAVAILABLE', () => this.#collections.drop(collection));
  }

  /** One more than asked for says whether there is a next page. */
  async #found(stored: Stored<MongoDocument>, plan: QueryPlan): Promise<readonly MongoDocument[]> {
    const now = this.clock.now();
    const found: MongoDocument[] = [];
    for (const stretch of plan.stretches) {
      const missing = plan.limit + 1 - found.length;
      if (missing === 0) break;
      const documents = stored
        .find(filterOf(plan, stretch, now))
        .sort(sortOf(plan))
        .limit(missing);
      if (!plan.bytes) documents.project({ x: 0 });
      found.push(...(await documents.toArray()));
    }
    return found;
  }

  #run<T>(collection: Collection, work: (stored: Stored<MongoDocument>) => Promise<T>): Promise<T> {
    return this.database.run('DOCUMENTS_UNAVAILABLE', async () =>
      work(await this.#collections.ready(collection)),
    );
  }
}

const create = async (
  stored: Stored<MongoDocument>,
  id: string,
  content: MongoContent,
  now: number,
): Promise<Swapped> => {
  try {
    await stored.insertOne({ _id: id, ...content, e: null, p: null, v: 1 });
    return { swapped: true, version: 1 };
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  const there = await stored.findOne({ _id: id });
  if (there && !isExpired(there, now)) return { swapped: false, version: there.v };
  // What has expired counts as never written, whether it has been removed yet or not.
  await stored.deleteOne({ _id: id, t: { $lte: new Date(now) } });
  return create(stored, id, content, now);
};

const replace = async (
  stored: Stored<MongoDocument>,
  { id, content, expectedVersion }: { id: string; content: MongoContent; expectedVersion: number },
  now: number,
): Promise<Swapped> => {
  const live = { _id: id, ...notExpired(now) };
  const { matchedCount } = await stored.updateOne(
    { ...live, v: expectedVersion },
    { $set: content, $inc: { v: 1 } },
  );
  if (matchedCount === 1) return { swapped: true, version: expectedVersion + 1 };
  const there = await stored.findOne(live, { projection: { v: 1 } });
  return { swapped: false, version: there?.v ?? 0 };
};
