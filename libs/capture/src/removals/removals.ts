import { streamOfLife, type GoneReason } from '#libs/contracts';
import type { Clock } from '#libs/kernel';
import type { Collection, Documents, Fence, FencedDocument } from '#libs/ports/documents';

import type { DueRemoval, FollowedFeed, WaitingDeletion } from '../followed-feed.js';
import { isExplicit } from '../follow/judge-reading.js';
import { readStandings } from '../follow/feed-place.js';
import { HELD_MS } from './held.js';
import { readOrders } from '../operate/feed-orders.js';

/** Entities whose keys must be destroyed, each from a time on. An entity that comes back is taken away. */
const removalsCollection: Collection = {
  name: 'capture_removals',
  fields: ['dueAt', 'waits'],
  orderedBy: 'dueAt',
};

/** So many can always go; of a larger collection a hundredth. */
const ALWAYS = 20;
const PART = 100;
const TOMBSTONE_MS = 24 * 3_600_000;
const PAGE = 1000;

const NOTHING = 'nothing';
const confirmationOf = (feed: string): string => `feed/${feed}`;

type RemovedFrom = Pick<FollowedFeed, 'name' | 'kind' | 'provider' | 'account'>;

interface RemovedEntity {
  readonly id: string;
  readonly life?: number | undefined;
  readonly reason: GoneReason | null;
}

/** `null`: it is there again. */
export const removalDocument = (
  feed: RemovedFrom,
  { id, life, reason }: RemovedEntity,
  { fence, now }: { fence: Fence; now: number },
): FencedDocument => {
  const name = `${feed.provider}.${feed.account}.${id}`;
  const stream = streamOfLife(feed.kind, name, life);
  if (reason === null) return { id: stream, body: null, fence, expiresAt: now + TOMBSTONE_MS };
  const isHeld = !isExplicit(reason);
  return {
    id: stream,
    body: { feed: feed.name, reason, record: `${feed.kind}/${name}` },
    fields: {
      dueAt: isHeld ? now + HELD_MS : now,
      waits: isHeld ? confirmationOf(feed.name) : NOTHING,
    },
    fence,
  };
};

export const putRemovals = (documents: Documents, removals: readonly FencedDocument[]) =>
  documents.put(removalsCollection, removals);

interface RemovalsParts {
  readonly feeds: readonly Pick<FollowedFeed, 'name'>[];
  readonly documents: Documents;
  readonly clock: Clock;
}

/** What is missing and was not confirmed, if it is more than may go without. */
export const waitingDeletions =
  ({ documents, feeds }: Pick<RemovalsParts, 'documents' | 'feeds'>) =>
  async (): Promise<ReadonlyMap<string, WaitingDeletion>> => {
    const names = feeds.map(({ name }) => name);
    const [standings, orders] = await Promise.all([
      readStandings(documents, names),
      readOrders(documents, names),
    ]);
    const found = await Promise.all(
      names.map(async (name, i): Promise<[string, WaitingDeletion][]> => {
        const most = Math.max(ALWAYS, Math.floor((standings[i]?.standing.size ?? 0) / PART));
        const after = orders[i]?.orders.confirmedAt ?? 0;
        const count = await countHeld(documents, name, { after, most });
        return count > most ? [[name, { count, most }]] : [];
      }),
    );
    return new Map(found.flat());
  };

/** Counts no further than to see that there are more than `most`. */
const countHeld = async (
  documents: Documents,
  feed: string,
  { after, most }: { after: number; most: number },
): Promise<number> => {
  let count = 0;
  for (let next: string | undefined; ;) {
    const page = await documents.query(removalsCollection, {
      where: { waits: confirmationOf(feed) },
      order: { field: 'dueAt' },
      from: after + HELD_MS + 1,
      limit: PAGE,
      bytes: false,
      ...(next !== undefined && { after: next }),
    });
    count += page.items.length;
    next = page.next;
    if (next === undefined || count > most) return count;
  }
};

/** The erasure's view of what capture found gone. */
export const createRemovals = (parts: RemovalsParts) => ({
  /** Those whose time has come, what somebody took away first. */
  async due(limit: number): Promise<readonly DueRemoval[]> {
    const now = parts.clock.now();
    const explicit = await dueOf(parts, NOTHING, { until: now, limit });
    if (explicit.length === limit) return explicit;
    const names = parts.feeds.map(({ name }) => name);
    const [waiting, orders] = await Promise.all([
      waitingDeletions(parts)(),
      readOrders(parts.documents, names),
    ]);
    const found = [...explicit];
    for (const [i, name] of names.entries()) {
      const confirmed = (orders[i]?.orders.confirmedAt ?? 0) + HELD_MS;
      const until = waiting.has(name) ? Math.min(now, confirmed) : now;
      const room = limit - found.length;
      if (room > 0)
        found.push(...(await dueOf(parts, confirmationOf(name), { until, limit: room })));
    }
    return found;
  },

  /** They are carried out. One that was noted again since stays. */
  async settle(removals: readonly DueRemoval[]): Promise<void> {
    const stored = await parts.documents.get(
      removalsCollection,
      removals.map(({ stream }) => stream),
    );
    const same = removals.filter(({ version }, i) => stored[i]?.version === version);
    if (same.length > 0)
      await parts.documents.remove(
        removalsCollection,
        same.map(({ stream }) => stream),
      );
  },
});

const dueOf = async (
  { documents }: RemovalsParts,
  waits: string,
  { until, limit }: { until: number; limit: number },
): Promise<readonly DueRemoval[]> => {
  const { items } = await documents.query(removalsCollection, {
    where: { waits },
    order: { field: 'dueAt' },
    limit,
  });
  return items.flatMap(({ id, version, body, fields }) => {
    const { feed, record } = body as unknown as Pick<DueRemoval, 'feed' | 'record'>;
    const dueAt = fields?.['dueAt'];
    return typeof dueAt === 'number' && dueAt <= until
      ? [{ stream: id, record, feed, version }]
      : [];
  });
};
