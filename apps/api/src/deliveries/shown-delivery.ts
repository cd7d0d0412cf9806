import type { DeliveryRecord } from '#libs/intake';

import { iso } from '../routes/answers.js';

/** What may be told of a delivery: everything but what it says. */
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
});
