import { fault } from '#libs/kernel';

import type { OutgoingMessage } from './bus.port.js';

/** Pub/Sub's own limits, held by every bus: what works on a laptop must work in production. */
export const busLimits = {
  /** Of one message, data and attributes; a little under the 10 MB of a whole request. */
  messageBytes: 9_500_000,
  attributes: 100,
  attributeNameBytes: 256,
  attributeValueBytes: 1024,
} as const;

const encoder = new TextEncoder();
/** A UTF-16 unit is at most three bytes: short text needs no encoding to be known short enough. */
const bytesOf = (text: string, enough: number): number =>
  text.length * 3 <= enough ? text.length : encoder.encode(text).length;

/** Throws `BUS_MESSAGE_TOO_LARGE` before anything is published, so that a batch is never cut. */
export const refuseTooLarge = (messages: readonly OutgoingMessage[]): void => {
  for (const { data, attributes } of messages) {
    let bytes = data.length;
    let count = 0;
    for (const name in attributes) {
      const nameBytes = bytesOf(name, busLimits.attributeNameBytes);
      const valueBytes = bytesOf(attributes[name] ?? '', busLimits.attributeValueBytes);
      if (nameBytes > busLimits.attributeNameBytes || valueBytes > busLimits.attributeValueBytes)
        throw fault('BUS_MESSAGE_TOO_LARGE', { details: { part: 'attribute', bytes: valueBytes } });
      bytes += nameBytes + valueBytes;
      count++;
    }
    if (count > busLimits.attributes)
      throw fault('BUS_MESSAGE_TOO_LARGE', { details: { part: 'attributes', count } });
    if (bytes > busLimits.messageBytes)
      throw fault('BUS_MESSAGE_TOO_LARGE', { details: { part: 'message', bytes } });
  }
};
