import { readCheckpoint } from '#libs/journal';
import { asFault, type Clock } from '#libs/kernel';
import type { Leases } from '#libs/ports/documents';

import type { ProjectionParts } from '../project-records/projection.js';
import { dropLeftGenerations } from './drop-generation.js';
import type { LiveGate } from './live-gate.js';
import { rebuildRecords, type RebuildProgress } from './rebuild-records.js';
import {
  createRebuildRequests,
  type RebuildRequest,
  type RebuildRequests,
} from './rebuild-requests.js';

interface CarryingOutParts extends ProjectionParts {
  readonly clock: Clock;
  readonly live: LiveGate;
}

/** Who this process is, among those that may lead. */
export interface RebuildLeader {
  readonly leases: Pick<Leases, 'list'>;
  readonly holder: string;
}

/** One look: what others had left and is removed, and the rebuild that ended. */
export interface RebuildsLooked {
  readonly removed: number;
  readonly ended?: RebuildRequest;
  /** Why it failed. */
  readonly error?: unknown;
}

const NOTHING: RebuildsLooked = { removed: 0 };
const REPORT_MS = 500;
/** Longer than one write of the pointer takes. */
const SURE_MS = 2_000;

/**
 * Carries out the oldest rebuild that somebody asked for, in the one process that holds the catalog's lease: only its
 * gate closes on anything. A look lasts as long as the rebuild; no two looks may run at once.
 */
export const carryOutRebuilds = (
  parts: CarryingOutParts,
): ((leader: RebuildLeader) => (signal: AbortSignal) => Promise<RebuildsLooked>) => {
  const requests = createRebuildRequests(parts);
  return (leader) => {
    /** The term of ours in which what others left was removed. */
    let tidied: number | undefined;
    return async (signal) => {
      const term = await termOf(leader);
      if (term === undefined) return NOTHING;
      // The process that led before may have been killed in the middle of a rebuild.
      const removed = tidied === term ? 0 : await dropLeftGenerations(parts);
      tidied = term;
      const request = await requests.next();
      const looked = request ? await carryOut(parts, requests, { request, leader, signal }) : {};
      return { removed, ...looked };
    };
  };
};

/** Of the catalog's lease, while it is ours for long enough to switch. */
const termOf = async ({ leases, holder }: RebuildLeader): Promise<number | undefined> => {
  const lease = (await leases.list()).find(({ name }) => name === 'projector/catalog');
  return lease?.holder === holder && lease.expiresInMs > SURE_MS ? lease.term : undefined;
};

interface CarryingOut {
  readonly request: RebuildRequest;
  readonly leader: RebuildLeader;
  readonly signal: AbortSignal;
}

const carryOut = async (
  parts: CarryingOutParts,
  requests: RebuildRequests,
  { request, leader, signal }: CarryingOut,
): Promise<Pick<RebuildsLooked, 'ended' | 'error'>> => {
  const progress = progressOf(parts, requests, request);
  const end = async (ended: RebuildRequest): Promise<RebuildRequest> => {
    await requests.update(ended);
    return ended;
  };
  try {
    const result = await rebuildRecords(parts)({
      ...{ switch: request.switch, acceptChanges: request.acceptChanges },
      ...{ live: parts.live, signal },
      checkpoint: async () => (await readCheckpoint(parts.documents, 'catalog'))?.position ?? 0,
      term: () => termOf(leader),
      onProgress: progress.report,
    });
    const same = result.comparison.differences === 0;
    const state = result.switched ? 'switched' : same ? 'equal' : 'different';
    return { ended: await end({ ...request, ...progress.last(), state, result }) };
  } catch (error) {
    // This process stops it: the next one finds it running and begins it again.
    if (signal.aborted) return {};
    const { code } = asFault(error);
    return { ended: await end({ ...request, ...progress.last(), state: 'failed', code }), error };
  }
};

/** Writes down how far a rebuild is, not more often than people look. */
const progressOf = (
  { clock }: CarryingOutParts,
  requests: RebuildRequests,
  request: RebuildRequest,
) => {
  let last: RebuildProgress = { position: 0, head: 0 };
  let reportedAt = -Infinity;
  return {
    last: () => last,
    report: async (next: RebuildProgress): Promise<void> => {
      last = next;
      const now = clock.now();
      // A clock that was put back is no reason to be silent.
      if (now >= reportedAt && now - reportedAt < REPORT_MS) return;
      reportedAt = now;
      await requests.update({ ...request, ...next, state: 'running' });
    },
  };
};
