import { MongoServerError, type Collection as Stored } from 'mongodb';

import { assertDeclared, type Collection } from '#libs/ports/documents';

import type { MongoDatabase } from './database.js';
import { fieldPath } from './documents-query.js';
import type { MongoDocument } from './documents-stored.js';

/** What has expired stays a day: a server whose clock is ahead must not remove what we still show. */
const REMOVED_AFTER_SECONDS = 24 * 60 * 60;
const NAMESPACE_NOT_FOUND = 26;

/** Which collections have their indexes. Made on first use by every process; making them again is nothing. */
export class DocumentCollections {
  readonly #ready = new Map<string, Promise<Stored<MongoDocument>>>();

  constructor(private readonly database: MongoDatabase) {}

  ready(collection: Collection): Promise<Stored<MongoDocument>> {
    const key = [collection.name, ...collection.fields].join(' ');
    let ready = this.#ready.get(key);
    if (!ready) {
      ready = this.#make(collection);
      this.#ready.set(key, ready);
      // A failure is told to whoever asked; the next one tries again.
      ready.catch(() => this.#ready.delete(key));
    }
    return ready;
  }

  async drop({ name }: Collection): Promise<void> {
    for (const key of this.#ready.keys())
      if (key.split(' ', 1)[0] === name) this.#ready.delete(key);
    try {
      await this.#stored(name).drop();
    } catch (error) {
      if (!(error instanceof MongoServerError) || error.code !== NAMESPACE_NOT_FOUND) throw error;
    }
  }

  async #make(collection: Collection): Promise<Stored<MongoDocument>> {
    assertDeclared(collection);
    const stored = this.#stored(collection.name);
    await stored.createIndexes([
      {
        key: { t: 1 },
        expireAfterSeconds: REMOVED_AFTER_SECONDS,
        partialFilterExpression: { t: { $type: 'date' } },
      },
      ...collection.fields.map((field) => ({ key: { [fieldPath(field)]: 1, _id: 1 } as const })),
    ]);
    return stored;
  }

  #stored(name: string): Stored<MongoDocument> {
    return this.database.collection<MongoDocument>(`documents_${name}`);
  }
}
