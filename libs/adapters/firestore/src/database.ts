import { Firestore } from '@google-cloud/firestore';

import { Fault, fault } from '#libs/kernel';

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
   * asks is told sooner, and what still happens afterwards is harmless, because every write is conditional.
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw unavailable('closed');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(unavailable('no answer in time')), this.#timeoutMs);
    });
    try {
      return await Promise.race([work(), late]);
    } catch (error) {
      throw this.#closed && !(error instanceof Fault)
        ? unavailable('closed', error)
        : translated(error);
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.client.terminate();
  }
}

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
