import type {
  Fact,
  PaymentObservedV1,
  PaymentObservedV1Personal,
  ReservationObservedV1,
} from '#libs/contracts';
import { moneyText, type Json, type JsonObject } from '#libs/kernel';

import { orderKey } from '../merge/order-key.js';
import type { Change } from '../merge/record-state.js';
import { kindOf } from './kind-of.js';
import { isoOf, numberOf, objectOf, shown, stringOf } from './kind.js';

type Step = PaymentObservedV1['step'];

/**
 * How far a payment has come. Failures are told without a time of their own and may be told late, so money
 * that came in is never taken for failed; before that, the newest word counts.
 */
const stageOf = (step: Step): number => {
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

export const changesOfPayment = (fact: Fact): Change[] => {
  const data = fact.data as PaymentObservedV1;
  const personal = fact.personal as PaymentObservedV1Personal | undefined;
  const { amount, card, normaliser, payment, rank, step, ...said } = data;
  return [
    {
      kind: 'payment',
      id: payment,
      key: orderKey(fact.occurredAt, rank, normaliser, fact),
      fields: {
        ...said,
        ...personal,
        [`step:${step}`]: fact.occurredAt,
        cardBrand: card?.brand,
        id: payment,
      },
      progress: {
        stage: stageOf(step),
        fields: { amount, currency: amount?.currency, status: step },
      },
    },
  ];
};

/** What a reservation's list calls a payment; any other word says nothing of how far it has come. */
const steps: ReadonlyMap<string, Step> = new Map<string, Step>([
  ['failed', 'failed'],
  ['paid', 'received'],
  ['pending', 'planned'],
  ['refunded', 'refunded'],
  ['scheduled', 'planned'],
  ['succeeded', 'received'],
]);

/**
 * A reservation lists its payments as they are. That is the weakest word on each of them, and the only one
 * where what happened to it was never told.
 */
export const mentionsOfPayments = (fact: Fact, data: ReservationObservedV1): Change[] => {
  const { guest, money, normaliser, reservation } = data;
  const key = orderKey(fact.occurredAt, 0, normaliser, fact);
  const listed = new Map((money?.payments ?? []).map((payment) => [payment.id, payment]));
  return [...listed.values()].map(({ amount, createdAt, dueAt, id, status }) => {
    const step = steps.get(status ?? '');
    return {
      kind: 'payment',
      id,
      key,
      fields: { createdAt, dueAt, guest, id, reservation },
      progress: {
        stage: step === undefined ? 0 : stageOf(step),
        fields: { amount, currency: amount?.currency, status: step },
      },
    };
  });
};

export const paymentKind = kindOf({
  name: 'payment',
  fields: ['currency', 'guest', 'reservation', 'status'],
  names: { guest: 'guest', reservation: 'reservation' },
  nameOf: (values) => stringOf(values.name),
  show: (values) => ({
    address: values.address,
    amount: spokenMoney(values.amount),
    authorizationHold: values.authorizationHold,
    balanceDue: spokenMoney(values.balanceDue),
    card: cardOf(values),
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
    steps: stepsOf(values),
    totalExpected: spokenMoney(values.totalExpected),
    totalPaid: spokenMoney(values.totalPaid),
  }),
});

/** Exact for machines, and as people read it. */
const spokenMoney = (value: Json | undefined): JsonObject | undefined => {
  const { amount, currency } = objectOf(value);
  if (typeof amount !== 'number' || typeof currency !== 'string') return undefined;
  return { amount, currency, text: moneyText({ amount, currency }) };
};

const disputeOf = (value: Json | undefined): JsonObject | undefined => {
  if (value === undefined) return undefined;
  const { amount, ...rest } = objectOf(value);
  return shown({ amount: spokenMoney(amount), ...rest });
};

const cardOf = ({ cardBrand, cardLast4 }: JsonObject): JsonObject | undefined => {
  const card = shown({ brand: cardBrand, last4: cardLast4 });
  return Object.keys(card).length > 0 ? card : undefined;
};

const STEP = 'step:';

/** What happened to it, oldest first; of each step the last time. */
const stepsOf = (values: JsonObject): JsonObject[] =>
  Object.keys(values)
    .filter((name) => name.startsWith(STEP))
    .map((name) => ({ at: numberOf(values[name]) ?? 0, step: name.slice(STEP.length) }))
    .sort((a, b) => a.at - b.at || (a.step < b.step ? -1 : 1))
    .map(({ at, step }) => shown({ at: isoOf(at), step }));
