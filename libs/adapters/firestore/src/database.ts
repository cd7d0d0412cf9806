import { Firestore } from '@google-cloud/firestore';

import { fault } from '#libs/kernel';

export interface FirestoreDatabaseOptions {
  readonly project: string;
  readonly database?: string;
  /** `host:port` of an emulator; missing: Google's service, with the credentials of the environment. */
  readonly emulatorHost?: string;
  /** How long one operation may take, with all its repetitions. */
  readonly timeoutMs?: number;
}

/** One client for every port of this technology. */
export class FirestoreDatabase {
  readonly client: Firestore;
  readonly #timeoutMs: number;
  readonly #pending = new Set<Promise<unknown>>();
  #closed = false;

  constructor({ project, database, emulatorHost, timeoutMs = 15_000 }: FirestoreDatabaseOptions) {
    this.#timeoutMs = timeoutMs;
    this.client = new Firestore({
      projectId: project,
      ...(database !== undefined && { databaseId: database }),
      ...(emulatorHost !== undefined && { host: emulatorHost, ssl: false }),
    });
  }

  /**
   * Runs work on the client, whose errors come out as ours. The client repeats by itself for minutes; who
   * asks is told sooner, and the signal tells the work that nobody waits for it any more. A write that still
   * happens afterwards is harmless, because every one is conditional.
   */
  async run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#closed) throw unavailable('closed');
    const given = new AbortController();
    const result = work(given.signal);
    this.#pending.add(result);
    const forget = () => this.#pending.delete(result);
    result.then(forget, forget);
    try {
      return await within(this.#timeoutMs, result);
    } catch (error) {
      throw translated(error);
    } finally {
      given.abort();
    }
  }

  /**
   * Waits for what is in work. A client that is terminated while it repeats a call rejects a promise that nobody
   * holds. That would end the process. So it is terminated when it has given up. With a server that is away this
   * takes up to ten minutes (not to be set), so a process must not wait to run empty.
   */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const ended = Promise.allSettled(this.#pending).then(() => this.client.terminate());
    ended.catch(nothing);
    await within(this.#timeoutMs, ended).catch(nothing);
  }
}

const nothing = () => undefined;

const within = async <T>(ms: number, result: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unavailable('no answer in time')), ms);
  });
  try {
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
};

const unavailable = (reason: string, cause?: unknown) =>
  fault('DOCUMENTS_UNAVAILABLE', { details: { reason }, cause });

/**
 * gRPC: cancelled, unknown, deadline, permission, exhausted, aborted, internal, unavailable, unauthenticated.
 * Any other is an answer to our question: a defect, and it keeps its stack.
 */
const AWAY = new Set([1, 2, 4, 7, 8, 10, 13, 14, 16]);

const translated = (error: unknown): unknown => {
  const { code } = error as { code?: unknown };
  return typeof code === 'number' && AWAY.has(code) ? unavailable(`grpc ${code}`, error) : error;
};
