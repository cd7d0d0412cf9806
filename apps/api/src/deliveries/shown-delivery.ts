import { isFeed, type DeliveryRecord } from '#libs/intake';

import { iso } from '../routes/answers.js';

/** What may be shown of a delivery: everything but its content. */
export const shownDelivery = ({
  id,
  source,
  receivedAt,
  sha256,
  bytes,
  facts,
  failed,
}: DeliveryRecord) => ({
  id,
  source,
  receivedAt: iso(receivedAt),
  sha256,
  bytes,
  facts,
  ...(failed && { failed }),
  ...(isFeed(source) && { fromFeed: true as const }),
});
