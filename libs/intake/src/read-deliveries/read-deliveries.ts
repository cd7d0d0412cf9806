import type { Id } from '#libs/kernel';
import {
  everyDocument,
  type Documents,
  type FieldValue,
  type Page,
  type StoredDocument,
} from '#libs/ports/documents';

import {
  deliveriesCollection,
  repeatedFactsCollection,
  type DeliveryRecord,
} from '../deliveries/deliveries.js';

export interface DeliveryQuery {
  readonly source?: string;
  /** Only those whose normaliser failed. */
  readonly failed?: boolean;
  /** Received at this time (ms) or later. */
  readonly receivedFrom?: number;
  readonly after?: string;
  readonly limit: number;
}

export interface ReadDeliveries {
  /** Newest first; with `receivedFrom` oldest first, so that who follows goes on from the end. */
  list(query: DeliveryQuery): Promise<{ items: readonly DeliveryRecord[]; next?: string }>;
  /** One answer per id, in order. */
  find(ids: readonly Id[]): Promise<readonly (DeliveryRecord | undefined)[]>;
  last(source: string): Promise<DeliveryRecord | undefined>;
  /** Deliveries that yielded any of these facts when it was in the log already; a fact names its first one itself. */
  yielding(facts: ReadonlySet<Id>): Promise<readonly Id[]>;
}

/** What came in, without opening anything of it. */
export const readDeliveries = ({ documents }: { documents: Documents }): ReadDeliveries => {
  const query = (asked: DeliveryQuery): Promise<Page> =>
    documents.query(deliveriesCollection, {
      where: whereOf(asked),
      order: { field: 'receivedAt', descending: asked.receivedFrom === undefined },
      ...(asked.receivedFrom !== undefined && { from: asked.receivedFrom }),
      ...(asked.after !== undefined && { after: asked.after }),
      limit: asked.limit,
      bytes: false,
    });

  return {
    async list(asked) {
      const { items, next } = await query(asked);
      return { items: items.map(recordOf), ...(next !== undefined && { next }) };
    },
    find: async (ids) =>
      (await documents.get(deliveriesCollection, ids)).map((found) => found && recordOf(found)),
    last: async (source) => {
      const { items } = await query({ source, limit: 1 });
      return items[0] && recordOf(items[0]);
    },
    async yielding(facts) {
      const found = new Set<Id>();
      for (const fact of facts)
        for await (const delivery of repeating(documents, fact)) found.add(delivery);
      return [...found];
    },
  };
};

async function* repeating(documents: Documents, fact: Id): AsyncGenerator<Id> {
  for await (const { body } of everyDocument(documents, repeatedFactsCollection, {
    where: { fact },
  }))
    yield (body as unknown as { delivery: Id }).delivery;
}

/** Oldest first; walks with the store's cursor, so what comes in meanwhile is met at the end. */
export async function* everyDelivery(
  documents: Documents,
  asked: Pick<DeliveryQuery, 'source' | 'receivedFrom'>,
): AsyncGenerator<DeliveryRecord> {
  const kept = everyDocument(documents, deliveriesCollection, {
    where: whereOf(asked),
    order: { field: 'receivedAt' },
    ...(asked.receivedFrom !== undefined && { from: asked.receivedFrom }),
    bytes: false,
  });
  for await (const delivery of kept) yield recordOf(delivery);
}

const whereOf = ({
  source,
  failed,
}: Pick<DeliveryQuery, 'source' | 'failed'>): Record<string, FieldValue> => ({
  ...(source !== undefined && { source }),
  ...(failed !== undefined && { failed: failed ? 1 : 0 }),
});

const recordOf = ({ body }: StoredDocument): DeliveryRecord => body as unknown as DeliveryRecord;
