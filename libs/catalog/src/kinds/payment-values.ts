import type { MoneyData, PaymentObservedV1 } from '#libs/contracts';

import { flag, id, instant, items, one, progress, text, type ValuesOf } from './values.js';

export type PaymentProgressStep = PaymentObservedV1['step'];

/** When each step was last taken, by its name. */
export const steps = items<number>('step');

export const values = {
  address: text,
  amount: progress<MoneyData>(),
  authorizationHold: flag,
  balanceDue: one<MoneyData>(),
  cardBrand: text,
  cardLast4: text,
  createdAt: instant,
  currency: progress<string>(),
  dispute: one<NonNullable<PaymentObservedV1['dispute']>>(),
  dueAt: instant,
  event: text,
  explanation: text,
  failureReason: text,
  guest: id,
  method: text,
  name: text,
  paidAt: instant,
  refund: one<MoneyData>(),
  refundedAt: instant,
  refundedInAll: one<MoneyData>(),
  reservation: id,
  securityDeposit: flag,
  status: progress<PaymentProgressStep>(),
  steps,
  totalExpected: one<MoneyData>(),
  totalPaid: one<MoneyData>(),
};

export type PaymentValues = ValuesOf<typeof values>;
