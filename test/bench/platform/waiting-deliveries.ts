import { encodeDelivery, topics } from '#libs/contracts';
import { derivedId } from '#libs/kernel';
import { digest } from '#libs/adapters/node-crypto';
import { openDataDirectory, openParts, readSettings } from '#libs/platform';

import { Bodies } from '../load/bodies.js';

const BATCH = 500;

/** Puts deliveries on the bus of a data directory as its door would have, while the platform is stopped. */
export const publishDeliveries = async (
  folder: string,
  from: number,
  count: number,
): Promise<void> => {
  const data = openDataDirectory(folder);
  const settings = readSettings({ INNKEEPER_DATA_DIR: folder }, () => '');
  const parts = await openParts(settings, data);
  try {
    const bodies = new Bodies(data.secret('aircall-token').reveal());
    for (let n = from; n < from + count; n += BATCH) {
      const size = Math.min(BATCH, from + count - n);
      await parts.bus.publish(
        topics.deliveries,
        Array.from({ length: size }, (_, i) => deliveryOf(bodies, n + i)),
      );
    }
  } finally {
    await parts.close();
    data.release();
  }
};

const deliveryOf = (bodies: Bodies, n: number) => {
  const body = bodies.body(n);
  const receivedAt = Date.now();
  const id = derivedId(receivedAt, digest(body));
  const data = encodeDelivery({
    id,
    source: 'aircall',
    receivedAt,
    sourceTime: receivedAt,
    headers: { 'content-type': 'application/json' },
    traceparent: `00-${id.replaceAll('-', '')}-${id.slice(-16).replaceAll('-', '0')}-01`,
    body,
  });
  return { data, attributes: { id } };
};
