import { z } from 'zod';

import { defineFact } from '../fact.js';
import { entityId, instant, money, observed } from './parts.js';

const data = z.strictObject({
  amount: money.optional(),
  /** Reserved on the card, not taken. */
  authorizationHold: z.boolean().optional(),
  balanceDue: money.optional(),
  card: z.strictObject({ brand: z.string().optional() }).optional(),
  createdAt: instant.optional(),
  dispute: z
    .strictObject({
      amount: money.optional(),
      /** The bank's number of the case. */
      case: z.string().optional(),
      reason: z.string().optional(),
      type: z.string().optional(),
    })
    .optional(),
  dueAt: instant.optional(),
  ...observed,
  failureReason: z.string().optional(),
  guest: entityId.optional(),
  method: entityId.optional(),
  paidAt: instant.optional(),
  /** Named after the reservation where the provider speaks of its payments as a whole. */
  payment: entityId,
  /** This refund alone. */
  refund: money.optional(),
  refundedAt: instant.optional(),
  /** All refunds so far. */
  refundedInAll: money.optional(),
  reservation: entityId.optional(),
  securityDeposit: z.boolean().optional(),
  /** What happened to it. */
  step: z.enum([
    'planned',
    'overdue',
    'authentication_required',
    'authentication_failed',
    'hold_failed',
    'card_invalid',
    'method_received',
    'failed',
    'overcharge_expected',
    'received',
    'overcharged',
    'refunded',
    'disputed',
  ]),
  totalExpected: money.optional(),
  totalPaid: money.optional(),
});

const personal = z.strictObject({
  address: z.string().optional(),
  cardLast4: z.string().optional(),
  /** Why it failed or is disputed, where that is told in sentences. */
  explanation: z.string().optional(),
  /** As it stands on the card. */
  name: z.string().optional(),
});

/** What a provider told about one payment of a guest. */
export const paymentObservedV1 = defineFact({
  type: 'intake.payment.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type PaymentObservedV1 = z.infer<typeof data>;
export type PaymentObservedV1Personal = z.infer<typeof personal>;
