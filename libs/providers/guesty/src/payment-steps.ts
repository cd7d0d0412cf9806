import type { PaymentObservedV1 } from '#libs/contracts';

export type PaymentStep = PaymentObservedV1['step'];

/** What each event says of a payment. The rank decides where no time does. */
export const paymentSteps: ReadonlyMap<
  string,
  { readonly step: PaymentStep; readonly rank: number }
> = new Map([
  ['payments.method.received', { step: 'method_received', rank: 10 }],
  ['payments.overdue', { step: 'overdue', rank: 20 }],
  ['payments.authenticationRequired', { step: 'authentication_required', rank: 24 }],
  ['payments.authenticationFailed', { step: 'authentication_failed', rank: 26 }],
  ['payments.authorizationHoldFailed', { step: 'hold_failed', rank: 28 }],
  ['payments.invalidPaymentMethod', { step: 'card_invalid', rank: 30 }],
  ['payments.invalidBcomCard', { step: 'card_invalid', rank: 30 }],
  ['payments.invalidSecondBcomCard', { step: 'card_invalid', rank: 31 }],
  ['payments.failed', { step: 'failed', rank: 40 }],
  ['payments.overcharge.expected', { step: 'overcharge_expected', rank: 50 }],
  ['payments.received', { step: 'received', rank: 60 }],
  ['payments.overcharged', { step: 'overcharged', rank: 65 }],
  ['payments.refunded', { step: 'refunded', rank: 70 }],
  ['payments.disputes', { step: 'disputed', rank: 75 }],
]);
