import { setTimeout as delay } from 'node:timers/promises';

import { Binary, type AnyBulkWriteOperation } from 'mongodb';

import { backoffDelay, fault } from '#libs/kernel';
import {
  dayOfDate,
  expiryDate,
  REMOVED_AFTER_SECONDS,
  type ExpiryDay,
  type Tombstone,
} from '#libs/ports/keys';

import { isDuplicate, type MongoDatabase } from './database.js';

interface KeyDocument {
  readonly _id: string;
  /** Missing once destroyed. */
  readonly wrapped?: Binary;
  readonly destroyedAt?: number;
  /** A date for the index that removes. */
  readonly expiresAt?: Date;
}

export interface StoredKey {
  /** `null` for a tombstone. */
  readonly wrapped: Uint8Array | null;
  readonly day: ExpiryDay | undefined;
}

export type StoredKeys = Map<string, StoredKey>;

const PLATFORM = 'fingerprint';
const PAUSE = { first: 5, most: 200 };
/** What refused us becomes visible to majority reads within one election at the most. */
const ATTEMPTS = 60;

/** The documents of the keys. Each answered write is on a majority's journals, each read from a majority. */
export class KeysStore {
  constructor(private readonly database: MongoDatabase) {}

  get #keys() {
    return this.database.collection<KeyDocument>('keys');
  }

  async prepare(): Promise<void> {
    await this.#run(() =>
      this.#keys.createIndexes([
        {
          key: { destroyedAt: 1, _id: 1 },
          name: 'tombstones',
          partialFilterExpression: { destroyedAt: { $exists: true } },
        },
        {
          key: { expiresAt: 1 },
          name: 'expiry',
          expireAfterSeconds: REMOVED_AFTER_SECONDS,
          partialFilterExpression: { expiresAt: { $exists: true } },
        },
      ]),
    );
  }

  async find(streams: readonly string[]): Promise<StoredKeys> {
    const documents = await this.#run(() =>
      this.#keys.find({ _id: { $in: [...streams] } }).toArray(),
    );
    return new Map(
      documents.map(({ _id, wrapped, expiresAt }) => [
        _id,
        { wrapped: wrapped ? bytesOf(wrapped) : null, day: expiresAt && dayOfDate(expiresAt) },
      ]),
    );
  }

  /** Stores what is not there yet; gives what another was first with, which is then the key. */
  async add(
    fresh: ReadonlyMap<
      string,
      { readonly wrapped: Uint8Array; readonly day: ExpiryDay | undefined }
    >,
  ): Promise<StoredKeys> {
    const documents = [...fresh].map(([_id, { wrapped, day }]) => ({
      _id,
      wrapped: new Binary(wrapped),
      ...(day !== undefined && { expiresAt: expiryDate(day) }),
    }));
    try {
      await this.#run(() => this.#keys.insertMany(documents, { ordered: false }));
      return new Map();
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return this.#findAll([...fresh.keys()]);
    }
  }

  async destroy(streams: readonly string[], at: number): Promise<void> {
    const operations = streams.map((_id): AnyBulkWriteOperation<KeyDocument> => ({
      updateOne: {
        filter: { _id },
        update: [
          { $set: { destroyedAt: { $ifNull: ['$destroyedAt', at] } } },
          { $unset: ['wrapped', 'expiresAt'] },
        ],
        upsert: true,
      },
    }));
    // Two upserts of one stream may collide; done again, the later one finds the earlier.
    await this.#again(async () => {
      await this.#keys.bulkWrite(operations, { ordered: false });
      return true;
    });
  }

  /** Moves the days of stored keys, never to an earlier one. `false`: one of them is gone. */
  async age(days: ReadonlyMap<string, ExpiryDay | undefined>): Promise<boolean> {
    const operations = [...days].map(([_id, day]): AnyBulkWriteOperation<KeyDocument> => ({
      updateOne: {
        filter: { _id, wrapped: { $exists: true } },
        update:
          day === undefined
            ? { $unset: { expiresAt: '' } }
            : { $max: { expiresAt: expiryDate(day) } },
      },
    }));
    const { matchedCount } = await this.#run(() =>
      this.#keys.bulkWrite(operations, { ordered: false }),
    );
    return matchedCount === operations.length;
  }

  async retire(streams: readonly string[]): Promise<void> {
    await this.#run(() =>
      this.#keys.deleteMany({ _id: { $in: [...streams] }, destroyedAt: { $exists: false } }),
    );
  }

  async tombstones(): Promise<readonly Tombstone[]> {
    const documents = await this.#run(() =>
      this.#keys
        .find({ destroyedAt: { $exists: true } })
        .sort({ destroyedAt: 1, _id: 1 })
        .toArray(),
    );
    return documents.map(({ _id, destroyedAt = 0 }) => ({ stream: _id, destroyedAt }));
  }

  /** The platform's own key: the first process that stores it made it. */
  async platformKey(fresh: Uint8Array): Promise<Uint8Array> {
    const platform = this.database.collection<KeyDocument>('platform');
    return this.#again(async () => {
      const found = await platform.findOne({ _id: PLATFORM });
      if (found?.wrapped) return bytesOf(found.wrapped);
      await platform.insertOne({ _id: PLATFORM, wrapped: new Binary(fresh) });
      return fresh;
    });
  }

  async #findAll(streams: readonly string[]): Promise<StoredKeys> {
    return this.#again(async () => {
      const found = await this.find(streams);
      return found.size === streams.length ? found : undefined;
    });
  }

  /** Until there is an answer: a duplicate may be refused before majority reads see its winner. */
  async #again<T>(work: () => Promise<T | undefined>): Promise<T> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        const answer = await this.#run(work);
        if (answer !== undefined) return answer;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
      await delay(backoffDelay(PAUSE, attempt));
    }
    throw fault('KEYS_UNAVAILABLE', { details: { attempts: ATTEMPTS } });
  }

  #run<T>(work: () => Promise<T>): Promise<T> {
    return this.database.run('KEYS_UNAVAILABLE', work);
  }
}

const bytesOf = (binary: Binary): Uint8Array => Uint8Array.from(binary.value());
