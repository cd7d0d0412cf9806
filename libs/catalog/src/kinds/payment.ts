import { paymentObservedV1, reservationObservedV1, type MoneyData } from '#libs/contracts';
import { moneyText, type JsonObject } from '#libs/kernel';

import { defineKind } from './define-kind.js';
import { sectionsOfPayment } from './payment-sections.js';
import { steps, values, type PaymentProgressStep, type PaymentValues } from './payment-values.js';
import { isoOf, shown, shownIfAny, stringOf } from './show.js';
import { IN_PASSING } from './statement.js';

/**
 * How far a payment has come. Failures are told without a time of their own and may be told late, so money that came
 * in is never taken for failed; before that, the newest value counts.
 */
const stageOf = (step: PaymentProgressStep): number => {
  switch (step) {
    case 'planned':
      return 0;
    case 'received':
      return 2;
    case 'refunded':
      return 3;
    case 'disputed':
      return 4;
    default:
      return 1;
  }
};

/** What a reservation's list calls a payment; any other word says nothing of how far it has come. */
const stepOfStatus: ReadonlyMap<string, PaymentProgressStep> = new Map<string, PaymentProgressStep>(
  [
    ['failed', 'failed'],
    ['paid', 'received'],
    ['pending', 'planned'],
    ['refunded', 'refunded'],
    ['scheduled', 'planned'],
    ['succeeded', 'received'],
  ],
);

export const paymentKind = defineKind({
  name: 'payment',
  values,
  from: (when) => [
    when(paymentObservedV1, ({ fact, data, personal }) => {
      const { amount, card, normaliser: _normaliser, payment, rank: _rank, step, ...rest } = data;
      return {
        fields: {
          ...rest,
          ...personal,
          ...steps.told([{ id: step }], () => fact.occurredAt),
          cardBrand: card?.brand,
          id: payment,
        },
        progress: {
          stage: stageOf(step),
          fields: { amount, currency: amount?.currency, status: step },
        },
      };
    }),
    // A reservation lists its payments as they are. That is the weakest word on each of them, and the only one where
    // what happened to it was never told.
    when(reservationObservedV1, ({ data: { guest, money, reservation } }) => {
      const listed = new Map((money?.payments ?? []).map((payment) => [payment.id, payment]));
      return [...listed.values()].map(({ amount, createdAt, dueAt, id, status }) => {
        const step = stepOfStatus.get(status ?? '');
        return {
          rank: IN_PASSING,
          fields: { createdAt, dueAt, guest, id, reservation },
          progress: {
            stage: step === undefined ? 0 : stageOf(step),
            fields: { amount, currency: amount?.currency, status: step },
          },
        };
      });
    }),
  ],
  fields: ['currency', 'guest', 'reservation', 'status'],
  names: { guest: 'guest', reservation: 'reservation' },
  nameOf: ({ name }) => stringOf(name),
  view: (values) => ({
    address: values.address,
    amount: spokenMoney(values.amount),
    authorizationHold: values.authorizationHold,
    balanceDue: spokenMoney(values.balanceDue),
    card: shownIfAny({ brand: values.cardBrand, last4: values.cardLast4 }),
    createdAt: isoOf(values.createdAt),
    dispute: disputeOf(values.dispute),
    dueAt: isoOf(values.dueAt),
    event: values.event,
    explanation: values.explanation,
    failureReason: values.failureReason,
    guest: values.guest,
    method: values.method,
    name: values.name,
    paidAt: isoOf(values.paidAt),
    refund: spokenMoney(values.refund),
    refundedAt: isoOf(values.refundedAt),
    refundedInAll: spokenMoney(values.refundedInAll),
    reservation: values.reservation,
    securityDeposit: values.securityDeposit,
    status: values.status,
    steps: stepsOf(values.steps),
    totalExpected: spokenMoney(values.totalExpected),
    totalPaid: spokenMoney(values.totalPaid),
  }),
  sections: sectionsOfPayment,
});

/** Exact for machines, and as people read it. */
const spokenMoney = (money: MoneyData | undefined): JsonObject | undefined =>
  money && { ...money, text: moneyText(money) };

const disputeOf = (dispute: PaymentValues['dispute']): JsonObject | undefined => {
  if (!dispute) return undefined;
  const { amount, ...rest } = dispute;
  return shown({ amount: spokenMoney(amount), ...rest });
};

/** What happened to it, oldest first. */
const stepsOf = (taken: PaymentValues['steps']): JsonObject[] =>
  [...(taken ?? [])]
    .sort((a, b) => a.value - b.value)
    .map(({ id, value }) => shown({ at: isoOf(value), step: id }));
