import { utf8Before, type Id } from '#libs/kernel';

/** What a provider sent, untouched, with when and where it came in. */
export interface Delivery {
  readonly id: Id;
  /** The name in the URL: `aircall`. */
  readonly source: string;
  readonly receivedAt: number;
  /** The source's own time in ms; 0 when it gives none. */
  readonly sourceTime: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly traceparent?: string;
  readonly body: Uint8Array;
}

/** One line of JSON, then the raw bytes: nothing is encoded twice and no byte is changed. */
export const encodeDelivery = ({
  id,
  source,
  receivedAt,
  sourceTime,
  headers,
  traceparent,
  body,
}: Delivery): Uint8Array => {
  const line = JSON.stringify({ id, source, receivedAt, sourceTime, headers, traceparent });
  return utf8Before(`${line}\n`, body);
};

/** A body larger than this is refused at every door. */
export const BODY_LIMIT = 1024 * 1024;

/** The stream whose key seals a delivery's raw bytes: it has one of its own. */
export const deliveryStreamOf = (id: Id): string => `delivery/${id}`;

/** Among a delivery's headers: nobody told us, it was found by reading. Its facts say so too. */
export const BACKFILLED = 'innkeeper-backfilled';
