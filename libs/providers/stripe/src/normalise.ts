import type { PaymentObservedV1, PaymentObservedV1Personal } from '#libs/contracts';
import {
  CANARY_EVENT,
  canaryOf,
  instantOfSeconds,
  jsonObjectOf,
  notUnderstood,
  objectOf,
  present,
  presentAny,
  text,
  unreadField,
  word,
  type Foreign,
} from '#libs/foreign';
import type { Normalised, NormaliserInput } from '#libs/ports/provider';

import { eventOf, idOf, moneyOf } from './read-body.js';

/** Raise it when anything below says more or better: of two readings of one delivery the higher wins. */
const NORMALISER = 1;

type StripeStep = PaymentObservedV1['step'];

interface Meaning {
  readonly step: StripeStep;
  /** Decides between events of one second. */
  readonly rank: number;
  readonly amounts: (object: Foreign) => Partial<PaymentObservedV1>;
}

const whole = ({ amount, currency }: Foreign): Partial<PaymentObservedV1> => ({
  amount: moneyOf(amount, currency),
});

const meanings: Readonly<Record<string, Meaning>> = {
  'payment_intent.created': { step: 'planned', rank: 10, amounts: whole },
  'payment_intent.requires_action': { step: 'authentication_required', rank: 20, amounts: whole },
  'payment_intent.payment_failed': { step: 'failed', rank: 30, amounts: whole },
  'payment_intent.canceled': { step: 'failed', rank: 40, amounts: whole },
  'payment_intent.succeeded': {
    step: 'received',
    rank: 50,
    amounts: ({ amount_received: received, ...intent }) => ({
      amount: moneyOf(received ?? intent.amount, intent.currency),
    }),
  },
  'charge.refunded': {
    step: 'refunded',
    rank: 60,
    amounts: (charge) => ({
      ...whole(charge),
      refundedInAll: moneyOf(charge.amount_refunded, charge.currency),
    }),
  },
  'charge.dispute.created': { step: 'disputed', rank: 70, amounts: () => ({}) },
};

export const normalise = ({ account, body }: NormaliserInput): Normalised => {
  const envelope = jsonObjectOf(body);
  if (!envelope) return notUnderstood('the body is not a JSON object');
  const event = eventOf(envelope);
  if (event === undefined) return notUnderstood(unreadField('type', envelope.type));
  const occurredAt = instantOfSeconds(envelope.created);
  if (event === CANARY_EVENT) return canaryOf('created', envelope.created, occurredAt);
  if (occurredAt === undefined)
    return notUnderstood(unreadField('created', envelope.created), event);
  const meaning = Object.hasOwn(meanings, event) ? meanings[event] : undefined;
  if (!meaning) return notUnderstood('the event is not known', event);
  const object = objectOf(objectOf(envelope.data)?.object) ?? {};
  // Charges, refunds and disputes are about the payment that they are part of.
  const own = idOf(object.payment_intent) ?? idOf(object.charge) ?? idOf(object.id);
  if (own === undefined) return notUnderstood(unreadField('data.object.id', object.id), event);
  const payment = `stripe.${account}.${own}`;
  const personal = personalOf(object);
  return {
    understood: true,
    observations: [
      {
        type: 'intake.payment.observed.v1',
        stream: `payment/${payment}`,
        occurredAt,
        data: dataOf({ event, occurredAt, payment }, meaning, object),
        ...(personal && { personal }),
      },
    ],
  };
};

interface PaymentReport {
  readonly event: string;
  readonly occurredAt: number;
  readonly payment: string;
}

const dataOf = (
  { event, occurredAt, payment }: PaymentReport,
  { step, rank, amounts }: Meaning,
  object: Foreign,
) => {
  const { amount, refundedInAll } = amounts(object);
  return present({
    amount: amount && present({ amount: amount.amount, currency: amount.currency }),
    card: presentAny({ brand: word(cardOf(object).brand) }),
    createdAt: step === 'disputed' ? undefined : instantOfSeconds(object.created),
    dispute: step === 'disputed' ? disputeOf(object) : undefined,
    event,
    failureReason: step === 'failed' ? word(failureOf(object)) : undefined,
    normaliser: NORMALISER,
    paidAt: step === 'received' ? occurredAt : undefined,
    payment,
    rank,
    refundedAt: step === 'refunded' ? occurredAt : undefined,
    refundedInAll,
    step,
  } satisfies PaymentObservedV1);
};

const errorOf = (object: Foreign): Foreign => objectOf(object.last_payment_error) ?? {};

const failureOf = (object: Foreign): unknown =>
  errorOf(object).decline_code ?? errorOf(object).code ?? object.cancellation_reason;

const disputeOf = (object: Foreign) =>
  presentAny({
    amount: moneyOf(object.amount, object.currency),
    case: idOf(object.id),
    reason: word(object.reason),
  });

/** Where it stands depends on what is told: a charge has paid with it, an intent has failed with it. */
const cardOf = (object: Foreign): Foreign =>
  objectOf(objectOf(object.payment_method_details)?.card) ??
  objectOf(objectOf(errorOf(object).payment_method)?.card) ??
  {};

const personalOf = (object: Foreign) => {
  const payer =
    objectOf(object.billing_details) ??
    objectOf(objectOf(errorOf(object).payment_method)?.billing_details);
  return presentAny({
    cardLast4: text(cardOf(object).last4),
    explanation: text(errorOf(object).message),
    name: text(payer?.name),
  } satisfies PaymentObservedV1Personal);
};
