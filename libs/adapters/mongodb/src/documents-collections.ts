import { MongoServerError, type Collection as Stored } from 'mongodb';

import { assertDeclared, indexesOf, type Collection } from '#libs/ports/documents';

import type { MongoDatabase } from './database.js';
import { fieldPath } from './documents-query.js';
import type { MongoDocument } from './documents-stored.js';

/** What has expired stays a day: a server whose clock is ahead must not remove what we still show. */
const REMOVED_AFTER_SECONDS = 24 * 60 * 60;
/** What tells documents from the log in one database. */
export const COLLECTION_PREFIX = 'documents_';
const NAMESPACE_NOT_FOUND = 26;
const INDEX_NOT_FOUND = 27;

/** Which collections have their indexes. Made on first use by every process; making them again is nothing. */
export class DocumentCollections {
  readonly #ready = new Map<string, Promise<Stored<MongoDocument>>>();

  constructor(private readonly database: MongoDatabase) {}

  ready(collection: Collection): Promise<Stored<MongoDocument>> {
    const key = [collection.name, collection.orderedBy, ...collection.fields].join(' ');
    let ready = this.#ready.get(key);
    if (!ready) {
      ready = this.#make(collection);
      this.#ready.set(key, ready);
      // The caller gets the failure; the next one tries again.
      ready.catch(() => this.#ready.delete(key));
    }
    return ready;
  }

  async drop({ name }: Collection): Promise<void> {
    for (const key of this.#ready.keys())
      if (key.split(' ', 1)[0] === name) this.#ready.delete(key);
    await unlessAnswered(NAMESPACE_NOT_FOUND, () => this.#stored(name).drop());
  }

  async #make(collection: Collection): Promise<Stored<MongoDocument>> {
    assertDeclared(collection);
    const stored = this.#stored(collection.name);
    const keys = indexesOf(collection).map(keyOf);
    await stored.createIndexes([
      {
        key: { t: 1 },
        expireAfterSeconds: REMOVED_AFTER_SECONDS,
        partialFilterExpression: { t: { $type: 'date' } },
      },
      ...keys.map((key) => ({ key })),
    ]);
    await dropOutdated(stored, keys);
    return stored;
  }

  #stored(name: string): Stored<MongoDocument> {
    return this.database.collection<MongoDocument>(`${COLLECTION_PREFIX}${name}`);
  }
}

type IndexKey = Readonly<Record<string, 1>>;

const keyOf = (fields: readonly string[]): IndexKey =>
  Object.fromEntries([...fields.map(fieldPath), '_id'].map((path) => [path, 1]));

/** An older version has made an index of these fields in another way: it would only cost each write. */
const dropOutdated = async (
  stored: Stored<MongoDocument>,
  keys: readonly IndexKey[],
): Promise<void> => {
  const firstOf = (key: object) => Object.keys(key)[0];
  const wanted = new Map(keys.map((key) => [firstOf(key), Object.keys(key).join()]));
  for (const { name, key } of await stored.indexes()) {
    const ours = wanted.get(firstOf(key));
    if (name !== undefined && ours !== undefined && ours !== Object.keys(key).join())
      // Another process may be doing the same.
      await unlessAnswered(INDEX_NOT_FOUND, () => stored.dropIndex(name));
  }
};

const unlessAnswered = async (code: number, work: () => Promise<unknown>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof MongoServerError) || error.code !== code) throw error;
  }
};
