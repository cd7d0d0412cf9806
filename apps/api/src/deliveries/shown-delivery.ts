import type { DeliveryRecord } from '#libs/intake';
import { z } from 'zod';

import { iso, isoTime } from '../routes/answers.js';

export const deliveryShown = z.object({
  id: z.string(),
  source: z.string(),
  receivedAt: isoTime,
  sha256: z.string(),
  bytes: z.int(),
  facts: z.array(z.string()),
  failed: z.literal(true).optional(),
});

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
