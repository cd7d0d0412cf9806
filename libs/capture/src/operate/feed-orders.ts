import { fault, type JsonObject } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';

/** What operators ask of a feed's leader. Beside its place, which only the leader writes. */
export interface FeedOrders {
  /** How often a new scan was asked for. */
  readonly scans: number;
  /** What was missing before this time may go (ms). */
  readonly confirmedAt: number;
}

interface KnownOrders {
  readonly orders: FeedOrders;
  readonly version: number;
}

const ordersCollection: Collection = { name: 'capture_orders', fields: [] };

const none: FeedOrders = { scans: 0, confirmedAt: 0 };

export const readOrders = async (
  documents: Documents,
  feeds: readonly string[],
): Promise<readonly KnownOrders[]> => {
  const stored = await documents.get(ordersCollection, feeds);
  return stored.map((one) => ({
    orders: (one?.body ?? none) as unknown as FeedOrders,
    version: one?.version ?? 0,
  }));
};

/** Two operators at once: each order counts. */
export const giveOrder = async (
  documents: Documents,
  feed: string,
  order: (before: FeedOrders) => FeedOrders,
): Promise<void> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const [known] = await readOrders(documents, [feed]);
    if (!known) break;
    const body = { ...order(known.orders) } as unknown as JsonObject;
    const swapped = await documents.swap(ordersCollection, { id: feed, body }, known.version);
    if (swapped.swapped) return;
  }
  throw fault('LOG_VERSION_CONFLICT', { details: { feed } });
};

const ATTEMPTS = 20;
