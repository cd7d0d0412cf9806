import { encodeDelivery, topics } from '#libs/contracts';
import type { Id } from '#libs/kernel';
import type { Bus, OutgoingMessage } from '#libs/ports/bus';
import type { Documents } from '#libs/ports/documents';

import type { Deliveries, DeliveryRecord } from '../deliveries/deliveries.js';
import { everyDelivery, readDeliveries } from '../read-deliveries/read-deliveries.js';
import { isFeed } from '../sources.js';

/** Which deliveries to run again: exactly these, else all that fit; no bound at all means all. */
export interface Reprocessing {
  readonly ids?: readonly Id[];
  readonly source?: string;
  /** Received at this time (ms) or later, and before that one. */
  readonly receivedFrom?: number;
  readonly receivedBefore?: number;
}

export interface Reprocessed {
  readonly published: number;
  /** Asked for, but not kept any more: expired or erased; or asked for by its id, and of a feed, which keeps none. */
  readonly missing: number;
}

interface ReprocessDeliveriesParts {
  readonly documents: Documents;
  readonly deliveries: Deliveries;
  readonly bus: Bus;
}

const BATCH = 64;

/**
 * Publishes raw bytes that are still kept once more, so that a better normaliser can add what it now
 * sees. Ids stay: what is known already is skipped, one by one.
 */
export const reprocessDeliveries =
  ({ documents, deliveries, bus }: ReprocessDeliveriesParts) =>
  async (asked: Reprocessing): Promise<Reprocessed> => {
    let published = 0;
    let missing = 0;
    let batch: OutgoingMessage[] = [];
    const send = async (): Promise<void> => {
      if (batch.length > 0) await bus.publish(topics.deliveries, batch);
      published += batch.length;
      batch = [];
    };
    for await (const record of chosen(documents, asked)) {
      const body = record && (await deliveries.raw(record.id));
      if (!record || !body) missing += 1;
      else batch.push(messageOf(record, body));
      if (batch.length >= BATCH) await send();
    }
    await send();
    return { published, missing };
  };

async function* chosen(
  documents: Documents,
  { ids, source, receivedFrom, receivedBefore }: Reprocessing,
): AsyncGenerator<DeliveryRecord | undefined> {
  if (ids) {
    yield* await readDeliveries({ documents }).find(ids);
    return;
  }
  const bounds = {
    ...(source !== undefined && { source }),
    ...(receivedFrom !== undefined && { receivedFrom }),
  };
  for await (const record of everyDelivery(documents, bounds)) {
    if (receivedBefore !== undefined && record.receivedAt >= receivedBefore) return;
    if (!isFeed(record.source)) yield record;
  }
}

const messageOf = (
  { id, source, receivedAt, sourceTime, headers }: DeliveryRecord,
  body: Uint8Array,
): OutgoingMessage => ({
  data: encodeDelivery({ id, source, receivedAt, sourceTime, headers, body }),
  attributes: { id },
});
