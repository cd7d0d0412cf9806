import { fault, textOf } from '#libs/kernel';
import { z } from 'zod';

import type { Delivery } from './delivery.js';

const head = z.object({
  id: z.string(),
  source: z.string(),
  receivedAt: z.number(),
  sourceTime: z.number(),
  headers: z.record(z.string(), z.string()),
  traceparent: z.string().optional(),
});

/** Beside its counterpart, not in one file with it: a door at the edge only encodes, and carries no schemas. */
export const decodeDelivery = (bytes: Uint8Array): Delivery => {
  const end = bytes.indexOf(10);
  try {
    const parsed = head.parse(JSON.parse(textOf(bytes.subarray(0, Math.max(end, 0)))));
    return { ...parsed, body: bytes.subarray(end + 1) };
  } catch (cause) {
    throw fault('INTAKE_DELIVERY_MALFORMED', { cause });
  }
};
