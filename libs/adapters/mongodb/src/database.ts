import {
  MongoClient,
  MongoError,
  MongoServerError,
  ReadConcern,
  type Collection,
  type Db,
  type Document,
} from 'mongodb';

import { fault, type Code } from '#libs/kernel';

export interface MongoDatabaseOptions {
  readonly url: string;
  readonly name: string;
  /** How long to look for a primary, to connect, and to wait for a majority. */
  readonly timeoutMs?: number;
}

/**
 * One client for every port of this technology. Each answered write is on the journals of a majority;
 * each read sees only what a majority has, so nothing that was read can be rolled back.
 */
export class MongoDatabase {
  readonly #client: MongoClient;
  readonly db: Db;
  #closed = false;

  constructor({ url, name, timeoutMs = 10_000 }: MongoDatabaseOptions) {
    this.#client = new MongoClient(url, {
      serverSelectionTimeoutMS: timeoutMs,
      connectTimeoutMS: timeoutMs,
      // Longer than the write concern waits, so that a server which still answers is heard.
      socketTimeoutMS: timeoutMs * 2,
    });
    this.db = this.#client.db(name, {
      writeConcern: { w: 'majority', journal: true, wtimeoutMS: timeoutMs },
      readConcern: new ReadConcern('majority'),
      readPreference: 'primary',
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  collection<T extends Document>(name: string): Collection<T> {
    return this.db.collection<T>(name);
  }

  /** Runs work on the driver. Its errors come out as ours; duplicates (E11000) pass, they are answers. */
  async run<T>(unavailable: Code, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw translated(unavailable, error);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#client.close();
  }
}

export interface DuplicateError extends MongoServerError {
  readonly keyPattern: Readonly<Record<string, number>>;
}

export const isDuplicate = (error: unknown): error is DuplicateError =>
  error instanceof MongoServerError && error.code === 11000;

const OUT_OF_DISK_SPACE = 14031;

/**
 * Server errors that pass by themselves or by an operator's hand: network and host, not (yet) primary,
 * shutting down, interrupted, time-outs of the write concern or the operation, credentials.
 */
const AWAY = new Set([
  6, 7, 13, 18, 24, 50, 64, 89, 91, 100, 133, 134, 189, 202, 234, 262, 317, 358, 9001, 10058, 10107,
  11600, 11601, 11602, 13435, 13436,
]);

const translated = (unavailable: Code, error: unknown): unknown => {
  if (!(error instanceof MongoError) || isDuplicate(error)) return error;
  if (error.code === OUT_OF_DISK_SPACE) return fault('STORE_FULL', { cause: error });
  const isAnswer = error instanceof MongoServerError && !AWAY.has(Number(error.code));
  // Any other answer of the server is about our question: a defect, and it keeps its stack.
  if (isAnswer && !error.hasErrorLabel('RetryableWriteError')) return error;
  return fault(unavailable, { cause: error });
};
