import { MongoError, MongoServerError, type ClientSession } from 'mongodb';

import { fault, type Code, type Json, type JsonObject } from '#libs/kernel';

import type { MongoDatabase } from './database.js';

export interface SnapshotReaderOptions {
  /** Somebody else's, whom we may only read. */
  readonly database: MongoDatabase;
  /** What it is when they cannot be read, for any reason. */
  readonly unavailable: Code;
  /** Where the server answers, and refuses us: a right is missing. */
  readonly forbidden?: Code;
}

export interface SnapshotQuery {
  readonly collection: string;
  readonly filter: JsonObject;
  /** Besides `_id`. */
  readonly fields: readonly string[];
}

/** Finds documents as they were at the moment of the reading. Values that JSON has not, as dates, are left out. */
export type FindAtMoment = (query: SnapshotQuery) => Promise<readonly JsonObject[]>;

export interface SnapshotReader {
  /** Everything that one reading finds is of one moment, and a majority stands behind it. */
  reading<R>(patienceMs: number, read: (find: FindAtMoment) => Promise<R>): Promise<R>;
}

/**
 * Reads on the primary, in a session of the read concern `snapshot`. The first find of a reading has to be alone: it
 * chooses the moment.
 */
export const mongodbSnapshotReader = (options: SnapshotReaderOptions): SnapshotReader => {
  const { database, unavailable, forbidden = unavailable } = options;
  // A database that does not understand our question is as good as away: nobody can say what it would answer.
  const away = (cause: unknown) => fault(isRefused(cause) ? forbidden : unavailable, { cause });
  return {
    async reading(patienceMs, read) {
      try {
        return await database.atOneMoment(unavailable, patienceMs, (session) =>
          // Node's own error comes through the driver when a connection ends just before it is written to.
          read((query) =>
            found(database, session, { query, patienceMs }).catch((error: unknown) => {
              throw away(error);
            }),
          ),
        );
      } catch (error) {
        throw error instanceof MongoError ? away(error) : error;
      }
    },
  };
};

/** Not authorised, or no such user with this password. */
const REFUSALS: ReadonlySet<unknown> = new Set([13, 18, 8000]);

const isRefused = (error: unknown): boolean =>
  error instanceof MongoServerError && REFUSALS.has(error.code);

const found = async (
  { db }: MongoDatabase,
  session: ClientSession,
  { query, patienceMs }: { readonly query: SnapshotQuery; readonly patienceMs: number },
): Promise<readonly JsonObject[]> => {
  const documents = await db
    .collection(query.collection)
    .find(query.filter, {
      session,
      readConcern: { level: 'snapshot' },
      projection: Object.fromEntries(['_id', ...query.fields].map((field) => [field, 1])),
      // Nobody waits for it any longer than that.
      maxTimeMS: patienceMs,
      batchSize: 10_000,
    })
    .toArray();
  return documents.map((document) => asJson(document) as JsonObject);
};

/** `undefined` for what JSON has no word for. */
const asJson = (value: unknown): Json | undefined => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (Array.isArray(value)) return value.map((each) => asJson(each) ?? null);
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return undefined;
  const pairs = Object.entries(value).flatMap(([key, of]) => {
    const json = asJson(of);
    return json === undefined ? [] : [[key, json] as const];
  });
  return Object.fromEntries(pairs);
};
