import {
  BACKFILLED,
  encodeDelivery,
  momentOf,
  MOST_ENTRIES,
  topics,
  type Delivery,
  type FeedTime,
  type GoneReason,
} from '#libs/contracts';
import { derivedId, joinBytes, utf8, type Hash } from '#libs/kernel';
import type { Bus } from '#libs/ports/bus';

import type { FollowedFeed } from '../followed-feed.js';

/** An entry of a delivery before it is bytes; its document is a text already. */
export interface ToldEntry {
  readonly id: string;
  readonly at: FeedTime;
  readonly told: { readonly document: string } | { readonly gone: GoneReason };
}

export interface PublishOptions {
  readonly backfilled: boolean;
  readonly receivedAt: number;
}

/** Documents can be large: a delivery is closed before its body is larger than any door takes. */
const MOST_CHARACTERS = 250 * 1024;

/** All of a batch in one call of the bus, as deliveries of a bounded size. */
export const publishEntries = async (
  { bus, hash }: { bus: Pick<Bus, 'publish'>; hash: Hash },
  feed: Pick<FollowedFeed, 'name' | 'source'>,
  entries: readonly ToldEntry[],
  options: PublishOptions,
): Promise<void> => {
  const bodies = bodiesOf(feed.name, entries);
  const identities = await hash(
    bodies.map(({ body }) => joinBytes(utf8(`${feed.source}\0`), body)),
  );
  await bus.publish(
    topics.deliveries,
    bodies.map(({ body, sourceTime }, i) => {
      const delivery: Delivery = {
        id: derivedId(sourceTime, identities[i] ?? new Uint8Array()),
        source: feed.source,
        receivedAt: options.receivedAt,
        sourceTime,
        headers: {
          'content-type': 'application/json',
          ...(options.backfilled && { [BACKFILLED]: 'true' }),
        },
        body,
      };
      return { data: encodeDelivery(delivery), attributes: { id: delivery.id } };
    }),
  );
};

interface DeliveryBody {
  readonly body: Uint8Array;
  /** Of its newest entry. */
  readonly sourceTime: number;
}

/** The canonical text of each `FeedDelivery`, put together from texts that are canonical already. */
export const bodiesOf = (feed: string, entries: readonly ToldEntry[]): readonly DeliveryBody[] => {
  const bodies: DeliveryBody[] = [];
  let texts: string[] = [];
  let characters = 0;
  let sourceTime = 0;
  const close = () => {
    const body = utf8(`{"entries":[${texts.join(',')}],"feed":${JSON.stringify(feed)}}`);
    bodies.push({ body, sourceTime });
    [texts, characters, sourceTime] = [[], 0, 0];
  };
  for (const entry of entries) {
    const text = textOfEntry(entry);
    const isFull = texts.length === MOST_ENTRIES || characters + text.length > MOST_CHARACTERS;
    if (isFull && texts.length > 0) close();
    texts.push(text);
    characters += text.length;
    sourceTime = Math.max(sourceTime, momentOf(entry.at));
  }
  if (texts.length > 0) close();
  return bodies;
};

const textOfEntry = ({ id, at, told }: ToldEntry): string => {
  const head = `{"at":{"i":${at.i},"t":${at.t}},`;
  const name = `"id":${JSON.stringify(id)}}`;
  return 'document' in told
    ? `${head}"document":${told.document},${name}`
    : `${head}"gone":${JSON.stringify(told.gone)},${name}`;
};
