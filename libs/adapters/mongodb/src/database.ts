import {
  MongoClient,
  MongoError,
  MongoServerError,
  ReadConcern,
  type Collection,
  type Db,
  type DbOptions,
  type Document,
} from 'mongodb';

import { fault, type Code, type Fault } from '#libs/kernel';

export interface MongoDatabaseOptions {
  readonly url: string;
  readonly name: string;
  /** How long to look for a primary, to connect, and to wait for a majority. Half as long again: for any answer. */
  readonly timeoutMs?: number;
  /** How long a server may think before its connection counts as broken. Longer where it searches long. */
  readonly silenceMs?: number;
}

/** Makes errors of the driver into ours. */
export interface Translation {
  /** For no answer at all. */
  readonly unavailable: Code;
  readonly translate: (error: unknown) => unknown;
}

/**
 * One client for every port of this technology. Each answered write is on the journals of a majority;
 * each read sees only what a majority has, so nothing that was read can be rolled back.
 */
export class MongoDatabase {
  readonly #client: MongoClient;
  readonly db: Db;
  readonly #timeoutMs: number;
  readonly #patienceMs: number;
  /** Who waits for a search of the server is as patient as the connection. */
  readonly silenceMs: number;
  #isConnected = false;
  #closed = false;

  constructor({
    url,
    name,
    timeoutMs = 10_000,
    // Longer than the write concern waits, so that a server which still answers is heard.
    silenceMs = timeoutMs * 2,
  }: MongoDatabaseOptions) {
    this.#patienceMs = timeoutMs * PATIENCE;
    this.silenceMs = silenceMs;
    this.#client = new MongoClient(url, {
      serverSelectionTimeoutMS: timeoutMs,
      connectTimeoutMS: timeoutMs,
      socketTimeoutMS: silenceMs,
    });
    this.#timeoutMs = timeoutMs;
    this.db = this.named(name);
  }

  get closed(): boolean {
    return this.#closed;
  }

  collection<T extends Document>(name: string): Collection<T> {
    return this.db.collection<T>(name);
  }

  /**
   * Runs work on the driver. Its errors come out as ours; duplicates (E11000) pass, they are answers. The driver
   * waits for a silent server as long as its socket does, and then once more: who asks is told sooner. What
   * still happens afterwards has an unknown outcome, like that of any broken connection.
   */
  run<T>(unavailable: Code, work: () => Promise<T>, patienceMs?: number): Promise<T> {
    const translate = (error: unknown) => translated(unavailable, error);
    return this.runAs({ unavailable, translate }, work, patienceMs);
  }

  /** The same, for a port to which errors mean something else. */
  async runAs<T>(
    { unavailable, translate }: Translation,
    work: () => Promise<T>,
    patienceMs = this.#patienceMs,
  ): Promise<T> {
    try {
      return await within(patienceMs, this.#connected().then(work), () =>
        fault(unavailable, { details: { reason: 'no answer in time' } }),
      );
    } catch (error) {
      throw translate(error);
    }
  }

  /** Another database of the same servers, read and written with the same concerns. */
  named(name: string): Db {
    return this.#client.db(name, concernsOf(this.#timeoutMs));
  }

  /** A driver whose first connection failed never tries again by itself; once connected, it always does. */
  async #connected(): Promise<void> {
    if (this.#isConnected || this.#closed) return;
    await this.#client.connect();
    this.#isConnected = true;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const late = fault('DOCUMENTS_UNAVAILABLE', { details: { reason: 'silent while closing' } });
    await within(this.#patienceMs, this.#client.close(), () => late).catch((error: unknown) => {
      if (error !== late) throw error;
    });
  }
}

const concernsOf = (timeoutMs: number): DbOptions => ({
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: timeoutMs },
  readConcern: new ReadConcern('majority'),
  readPreference: 'primary',
});

/** In time-outs: as much as one of them and half of another, for what is done in two steps. */
const PATIENCE = 1.5;

const within = async <T>(ms: number, result: Promise<T>, late: () => Fault): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  try {
    return await Promise.race([result, timeout]);
  } finally {
    clearTimeout(timer);
  }
};

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

/** The driver lets Node's own error through when it writes to a connection that the other side has just ended. */
const SOCKET_ERRORS = new Set<unknown>(['EPIPE', 'ECONNRESET', 'ERR_STREAM_WRITE_AFTER_END']);

const isSocketError = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && SOCKET_ERRORS.has(error.code);

export const translated = (unavailable: Code, error: unknown): unknown => {
  if (isSocketError(error)) return fault(unavailable, { cause: error });
  if (!(error instanceof MongoError) || isDuplicate(error)) return error;
  if (error.code === OUT_OF_DISK_SPACE) return fault('STORE_FULL', { cause: error });
  // A bulk whose connection broke comes as a server's error too, only without the server's code.
  const code = error instanceof MongoServerError ? error.code : undefined;
  const isAnswer = typeof code === 'number' && !AWAY.has(code);
  // Any other answer of the server is about our question: a defect, and it keeps its stack.
  if (isAnswer && !error.hasErrorLabel('RetryableWriteError')) return error;
  return fault(unavailable, { cause: error });
};
