import type { PaymentObservedV1, PaymentObservedV1Personal } from '#libs/contracts';
import {
  flag,
  type Foreign,
  instant,
  moneyOf,
  objectOf,
  presentAny,
  text,
  word,
  unreadField,
} from '#libs/foreign';
import type { Observation } from '#libs/ports/provider';

import { paymentSteps, type PaymentStep } from '../payment-steps.js';
import type { GuestyEntityReader } from './reader.js';
import {
  entityOf,
  observation,
  ownIdOf,
  understood,
  unknown,
  type GuestyReport,
} from './report.js';
import { phrase } from './words.js';

const paymentObservation = (
  report: GuestyReport,
  step: PaymentStep,
  id: string,
  payment: Foreign,
): Observation => {
  const paidAt = instant(payment.paidAt);
  const refundedAt = instant(payment.refundedAt);
  return observation({
    type: 'intake.payment.observed.v1',
    stream: `payment/${id}`,
    occurredAt: timeOf(step, paidAt, refundedAt) ?? report.at,
    data: {
      ...amountsOf(step, payment),
      ...circumstancesOf(report, payment),
      dispute: step === 'disputed' ? disputeOf(payment) : undefined,
      event: report.event,
      normaliser: report.normaliser,
      paidAt,
      payment: id,
      rank: report.rank,
      refundedAt,
      step,
    } satisfies PaymentObservedV1,
    personal: personalOf(payment),
  });
};

/** Money that moved says when; of all else the report is the only time there is. */
const timeOf = (
  step: PaymentStep,
  paidAt: number | undefined,
  refundedAt: number | undefined,
): number | undefined => {
  if (step === 'received') return paidAt;
  return step === 'refunded' ? refundedAt : undefined;
};

type Amounts = 'amount' | 'balanceDue' | 'refund' | 'refundedInAll' | 'totalExpected' | 'totalPaid';

/** What is disputed or given back is not what the payment is. */
const amountsOf = (step: PaymentStep, payment: Foreign): Pick<PaymentObservedV1, Amounts> => {
  const money = (value: unknown) => moneyOf(value, payment.currency);
  return {
    amount: step === 'disputed' ? undefined : money(payment.amount),
    balanceDue: money(payment.balanceDue),
    refund: money(payment.refundAmount ?? payment.refundedAmount),
    refundedInAll: money(payment.totalRefunded),
    totalExpected: money(payment.totalExpectedCharge),
    totalPaid: money(payment.totalPaid),
  };
};

type Circumstances =
  | 'authorizationHold'
  | 'card'
  | 'createdAt'
  | 'dueAt'
  | 'failureReason'
  | 'guest'
  | 'method'
  | 'reservation'
  | 'securityDeposit';

const circumstancesOf = (
  report: GuestyReport,
  payment: Foreign,
): Pick<PaymentObservedV1, Circumstances> => {
  const card = objectOf(payment.invalidCreditCard);
  return {
    authorizationHold: flag(payment.isAuthorizationHold),
    card: presentAny({ brand: phrase(payment.brand ?? card?.brand) }),
    createdAt: instant(payment.createdAt),
    dueAt: instant(payment.shouldBePaidAt),
    failureReason: word(failureOf(payment)),
    guest: entityOf(report, payment.guestId),
    method: entityOf(report, payment.paymentMethodId),
    reservation: entityOf(report, payment.reservationId),
    securityDeposit: flag(payment.isSecurityDeposit),
  };
};

const failureOf = (payment: Foreign): unknown => {
  const card = objectOf(payment.invalidCreditCard);
  return payment.failureReason ?? objectOf(card?.processorError)?.code ?? card?.error;
};

const disputeOf = (payment: Foreign): PaymentObservedV1['dispute'] =>
  presentAny({
    amount: moneyOf(payment.amount, payment.currency),
    case: word(payment.caseId),
    reason: word(payment.reason),
    type: phrase(payment.type),
  });

const personalOf = (payment: Foreign): PaymentObservedV1Personal => {
  const card = objectOf(payment.invalidCreditCard);
  return {
    address: addressOf(payment.address),
    cardLast4: text(payment.last4) ?? text(card?.last4),
    explanation:
      sentence(payment.failureReason) ??
      sentence(payment.reason) ??
      sentence(objectOf(card?.processorError)?.message) ??
      sentence(card?.error),
    name: text(payment.name),
  };
};

/** One word is a code and stands in the clear. */
const sentence = (value: unknown): string | undefined =>
  word(value) === undefined ? text(value) || undefined : undefined;

const ADDRESS = ['full', 'line1', 'line2', 'street', 'zipcode', 'postal_code', 'city', 'state'];

const addressOf = (value: unknown): string | undefined => {
  const address = objectOf(value);
  if (!address) return text(value) || undefined;
  const parts = [...ADDRESS, 'country'].flatMap((name) => text(address[name]) || []);
  return parts.length > 0 ? parts.join(', ') : undefined;
};

/** Money in the reservation is older than the payment that is told, so that is looked up. */
export const paymentReader: GuestyEntityReader = {
  under: 'payment',
  read({ report, body }) {
    const known = paymentSteps.get(report.event);
    if (!known) return unknown('the event is not known', report.event);
    const reservation = ownIdOf(body.reservationId);
    // What is said about a reservation's payments as a whole has the reservation's id.
    const id = entityOf(report, body.paymentId ?? body._id) ?? entityOf(report, reservation);
    if (id === undefined)
      return unknown(unreadField('payment.paymentId', body.paymentId ?? body._id), report.event);
    return understood(
      [paymentObservation(report, known.step, id, body)],
      reservation === undefined ? [] : [{ entity: 'reservation', id: reservation }],
    );
  },
};
