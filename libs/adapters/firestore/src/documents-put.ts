import { setTimeout as delay } from 'node:timers/promises';

import type {
  CollectionReference,
  DocumentReference,
  Firestore,
  Timestamp,
  WriteBatch,
} from '@google-cloud/firestore';

import { backoffDelay, fault } from '#libs/kernel';
import type { Fence, PutOutcome, Swapped } from '#libs/ports/documents';

import {
  documentAt,
  isExpired,
  type FirestoreContent,
  type FirestoreDocument,
} from './documents-stored.js';

export interface FirestorePut {
  readonly fence: Fence;
  readonly content: FirestoreContent;
}

export interface Swap {
  readonly reference: CollectionReference;
  readonly content: FirestoreContent;
  readonly expectedVersion: number;
}

/** One piece of work on the store. */
export interface Errand {
  readonly client: Firestore;
  readonly now: number;
  /** Nobody waits any more. */
  readonly signal: AbortSignal;
}

/** What stands at a reference, and which write of it that was. */
interface Standing {
  readonly reference: DocumentReference;
  readonly writtenAt: Timestamp | undefined;
  /** What has expired counts as never written, whether it has been removed yet or not. */
  readonly live: FirestoreDocument | undefined;
}

/** A request stays under 10 MiB, and few documents share one fate. */
const MOST_DOCUMENTS = 50;
const MOST_BYTES = 4 * 1024 * 1024;

export const partsOf = (puts: readonly FirestorePut[]): FirestorePut[][] => {
  const parts: FirestorePut[][] = [];
  let bytes = Infinity;
  for (const put of puts) {
    const size = (put.content.body?.length ?? 0) * 3 + (put.content.bytes?.length ?? 0);
    const last = parts.at(-1);
    if (last && last.length < MOST_DOCUMENTS && bytes + size <= MOST_BYTES) {
      last.push(put);
      bytes += size;
    } else {
      parts.push([put]);
      bytes = size;
    }
  }
  return parts;
};

/** Each further look means that somebody else's write came between ours and our last look. */
const MOST_LOOKS = 100;
const pause = { first: 4, most: 250 };

/**
 * Looks, then writes on the condition that nothing has changed since, and looks again when it has. Against a
 * transaction, which holds locks from its look on, one of many competitors always gets through at once,
 * and who turns out to be stale goes without writing.
 */
export const putPart = async (
  errand: Errand,
  reference: CollectionReference,
  puts: readonly FirestorePut[],
): Promise<readonly PutOutcome[]> => {
  const ids = [...new Set(puts.map(({ content }) => content.id))];
  const references = ids.map((id) => documentAt(reference, id));
  for (let look = 1; look <= MOST_LOOKS; look++) {
    const standing = await lookAt(errand, references);
    const states = new Map(ids.map((id, i) => [id, standing[i]?.live]));
    const outcomes = puts.map((put) => fold(states, put));
    const batch = errand.client.batch();
    standing.forEach((there, i) => {
      const state = states.get(ids[i] ?? '');
      if (state && state !== there.live) write(batch, there, state);
    });
    if (await unchanged(() => batch.commit())) return outcomes;
    await delay(backoffDelay(pause, look));
  }
  throw fault('DOCUMENTS_UNAVAILABLE', { details: { reason: 'contention' } });
};

export const swapOne = async (
  errand: Errand,
  { reference, content, expectedVersion }: Swap,
): Promise<Swapped> => {
  const references = [documentAt(reference, content.id)];
  // Tells our own write from another's when the client has repeated an unanswered commit.
  const by = crypto.randomUUID();
  for (let look = 1; look <= MOST_LOOKS; look++) {
    const [there] = await lookAt(errand, references);
    const { version = 0, era = null, position = null } = there?.live ?? {};
    if (there?.live?.by === by) return { swapped: true, version };
    if (!there || version !== expectedVersion) return { swapped: false, version };
    const batch = errand.client.batch();
    write(batch, there, { ...content, era, position, version: version + 1, by });
    if (await unchanged(() => batch.commit())) return { swapped: true, version: version + 1 };
    await delay(backoffDelay(pause, look));
  }
  throw fault('DOCUMENTS_UNAVAILABLE', { details: { reason: 'contention' } });
};

const lookAt = async (
  { client, now, signal }: Errand,
  references: readonly DocumentReference[],
): Promise<Standing[]> => {
  const snapshots = await client.getAll(...references);
  signal.throwIfAborted();
  return snapshots.map((snapshot) => {
    const stored = snapshot.data() as FirestoreDocument | undefined;
    return {
      reference: snapshot.ref,
      writtenAt: snapshot.updateTime,
      live: stored && !isExpired(stored, now) ? stored : undefined,
    };
  });
};

/** What comes last of an id is what is written; each is judged by the one before it. */
const fold = (
  states: Map<string, FirestoreDocument | undefined>,
  { fence, content }: FirestorePut,
): PutOutcome => {
  const state = states.get(content.id);
  const outcome = outcomeOf(state, fence);
  if (outcome === 'written')
    states.set(content.id, { ...content, ...fence, version: (state?.version ?? 0) + 1, by: null });
  return outcome;
};

const outcomeOf = (state: FirestoreDocument | undefined, { era, position }: Fence): PutOutcome => {
  if (!state || state.era === null || state.position === null) return 'written';
  if (era !== state.era) return era > state.era ? 'written' : 'stale';
  if (position === state.position) return 'equal';
  return position > state.position ? 'written' : 'stale';
};

const write = (
  batch: WriteBatch,
  { reference, writtenAt }: Standing,
  state: FirestoreDocument,
): void => {
  if (writtenAt === undefined) batch.create(reference, state);
  else batch.update(reference, { ...state }, { lastUpdateTime: writtenAt });
};

/** gRPC: not found, already exists, failed precondition, aborted: somebody else was there in between. */
const CHANGED = new Set([5, 6, 9, 10]);

const unchanged = async (commit: () => Promise<unknown>): Promise<boolean> => {
  try {
    await commit();
    return true;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (typeof code === 'number' && CHANGED.has(code)) return false;
    throw error;
  }
};
