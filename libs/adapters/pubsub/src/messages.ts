import type { protos } from '@google-cloud/pubsub';

import type { OutgoingMessage } from '#libs/ports/bus';

export type WireMessage = protos.google.pubsub.v1.IPubsubMessage;

/** Pub/Sub refuses a message with neither data nor attributes. */
const EMPTY = 'innkeeper-empty';
/** Its limits are 1,000 messages and 10 MB a request; names and framing need some of it. */
const REQUEST_MESSAGES = 1_000;
const REQUEST_BYTES = 9_700_000;
/** Sizes and keys of the encoding, rounded up. */
const FRAMING_BYTES = 64;

export const toWire = ({ data, attributes }: OutgoingMessage): WireMessage => {
  const bare = data.length === 0 && Object.keys(attributes).length === 0;
  return { data, attributes: bare ? { [EMPTY]: '1' } : { ...attributes } };
};

export const attributesOf = ({ attributes }: WireMessage): Readonly<Record<string, string>> => {
  if (!attributes) return {};
  const { [EMPTY]: _bare, ...kept } = attributes;
  return kept;
};

/** A plain view: a Buffer's `slice` and `toString` do not do what those of a Uint8Array do. */
export const dataOf = ({ data }: WireMessage): Uint8Array =>
  data instanceof Uint8Array
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(0);

export const publishedAtOf = ({ publishTime }: WireMessage): number =>
  Number(publishTime?.seconds ?? 0) * 1_000 + Math.floor((publishTime?.nanos ?? 0) / 1e6);

const sizeOf = ({ data, attributes }: OutgoingMessage): number =>
  Object.entries(attributes).reduce(
    // Three bytes a unit is the most UTF-8 takes.
    (bytes, [name, value]) => bytes + (name.length + value.length) * 3 + FRAMING_BYTES,
    data.length + FRAMING_BYTES,
  );

/** As few requests as the limits allow. */
export const inRequests = (messages: readonly OutgoingMessage[]): WireMessage[][] => {
  const requests: WireMessage[][] = [];
  let request: WireMessage[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = sizeOf(message);
    if (
      request.length === REQUEST_MESSAGES ||
      (request.length > 0 && bytes + size > REQUEST_BYTES)
    ) {
      requests.push(request);
      request = [];
      bytes = 0;
    }
    request.push(toWire(message));
    bytes += size;
  }
  if (request.length > 0) requests.push(request);
  return requests;
};
