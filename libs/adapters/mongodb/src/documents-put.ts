import {
  MongoBulkWriteError,
  type AnyBulkWriteOperation,
  type Collection as Stored,
} from 'mongodb';

import { fault } from '#libs/kernel';
import type { Fence, PutOutcome } from '#libs/ports/documents';

import { isDuplicate } from './database.js';
import { isExpired, type MongoContent, type MongoDocument } from './documents-stored.js';

export interface MongoPut {
  readonly id: string;
  readonly fence: Fence;
  readonly content: MongoContent;
}

interface WaitingPut extends MongoPut {
  readonly index: number;
}

/** Each further round means that somebody else wrote the very same document in between. */
const MOST_ROUNDS = 100;

/**
 * Upserts with the fence in the filter. If a document is there that the filter does not match, the upsert becomes an
 * insert and meets the unique id. That error shows a refused write, one by one.
 */
export const putAll = async (
  stored: Stored<MongoDocument>,
  puts: readonly MongoPut[],
  now: number,
): Promise<readonly PutOutcome[]> => {
  const outcomes = new Array<PutOutcome>(puts.length).fill('written');
  let waiting: readonly WaitingPut[] = puts.map((put, index) => ({ ...put, index }));
  for (let round = 0; waiting.length > 0; round++) {
    if (round >= MOST_ROUNDS) throw fault('DOCUMENTS_UNAVAILABLE', { details: { round } });
    const { first, later } = firstOfEachId(waiting);
    const refused = await upsert(stored, first);
    const again = await judge(stored, refused, now, outcomes);
    waiting = [...again, ...later];
  }
  return outcomes;
};

/** The same id twice must be written in order, and an unordered bulk keeps none. */
const firstOfEachId = (waiting: readonly WaitingPut[]) => {
  const seen = new Set<string>();
  const later: WaitingPut[] = [];
  const first = waiting.filter((put) => {
    if (!seen.has(put.id)) return seen.add(put.id);
    later.push(put);
    return false;
  });
  return { first, later };
};

/** The server works off one bulk on one thread; ids are distinct here, so parts may go side by side. */
const PART = 64;

const upsert = async (
  stored: Stored<MongoDocument>,
  puts: readonly WaitingPut[],
): Promise<WaitingPut[]> => {
  const parts: Promise<WaitingPut[]>[] = [];
  for (let i = 0; i < puts.length; i += PART)
    parts.push(upsertPart(stored, puts.slice(i, i + PART)));
  return (await Promise.all(parts)).flat();
};

const upsertPart = async (
  stored: Stored<MongoDocument>,
  puts: readonly WaitingPut[],
): Promise<WaitingPut[]> => {
  try {
    await stored.bulkWrite(puts.map(operationOf), { ordered: false });
    return [];
  } catch (error) {
    return duplicatesOf(error).flatMap((index) => puts[index] ?? []);
  }
};

const operationOf = ({ id, fence, content }: WaitingPut): AnyBulkWriteOperation<MongoDocument> => ({
  updateOne: {
    filter: {
      _id: id,
      $or: [{ e: null }, { e: { $lt: fence.era } }, { e: fence.era, p: { $lt: fence.position } }],
    },
    update: { $set: { ...content, e: fence.era, p: fence.position }, $inc: { v: 1 } },
    upsert: true,
  },
});

/** Which operations met their id; throws when anything else went wrong as well. */
const duplicatesOf = (error: unknown): number[] => {
  if (!(error instanceof MongoBulkWriteError) || !isDuplicate(error)) throw error;
  const errors = [error.writeErrors].flat();
  if (error.result.getWriteConcernError() || errors.some(({ code }) => code !== 11000))
    throw fault('DOCUMENTS_UNAVAILABLE', { cause: error });
  return errors.map(({ index }) => index);
};

/** Looks at what stands in the way; what no longer does goes again. */
const judge = async (
  stored: Stored<MongoDocument>,
  refused: readonly WaitingPut[],
  now: number,
  outcomes: PutOutcome[],
): Promise<readonly WaitingPut[]> => {
  if (refused.length === 0) return [];
  const ids = refused.map(({ id }) => id);
  const standing = new Map<string, MongoDocument>();
  const found = stored.find({ _id: { $in: ids } }).project<MongoDocument>({ e: 1, p: 1, t: 1 });
  for await (const document of found) standing.set(document._id, document);
  const expired = [...standing.values()].filter((document) => isExpired(document, now));
  if (expired.length > 0)
    await stored.deleteMany({
      _id: { $in: expired.map(({ _id }) => _id) },
      t: { $lte: new Date(now) },
    });
  return refused.filter(({ id, fence, index }) => {
    const there = standing.get(id);
    if (!there || isExpired(there, now) || isOlder(there, fence)) return true;
    outcomes[index] = there.e === fence.era && there.p === fence.position ? 'equal' : 'stale';
    return false;
  });
};

const isOlder = ({ e, p }: MongoDocument, { era, position }: Fence): boolean =>
  e === null || e === undefined || e < era || (e === era && (p ?? 0) < position);
