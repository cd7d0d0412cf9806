import type { Fact, ReservationObservedV1, ReservationObservedV1Personal } from '#libs/contracts';

import type { Fields } from '../merge/layers.js';
import { orderKey } from '../merge/order-key.js';
import { WHOLE, type Change } from '../merge/record-state.js';
import { spread } from './groups.js';
import { mentionOfGuest } from './guest.js';
import { shown } from './kind.js';
import { mentionsOfPayments } from './payment.js';

/**
 * An answer of the provider bears the time of the reservation's last change, a lean webhook the time when it
 * was published: moments later, and sometimes with the state before. So an answer counts as if it were
 * this much younger; what changes within that time is looked up again.
 */
const PUBLISHING_MS = 10_000;

/** Gone for good: whatever is told afterwards, whole or not. */
const GONE = 9;

/** A reservation's fact tells of the reservation, and in passing of its guest and its payments. */
export const changesOfReservation = (fact: Fact): Change[] => {
  const data = fact.data as ReservationObservedV1;
  const personal = (fact.personal ?? {}) as ReservationObservedV1Personal;
  const { answer, deleted, guest, normaliser, rank, reservation } = data;
  const time = fact.occurredAt + (answer === undefined ? 0 : PUBLISHING_MS);
  const changes: Change[] = [
    {
      kind: 'reservation',
      id: reservation,
      key: orderKey(time, rank, normaliser, fact),
      fields: {
        ...fieldsOf(data, personal),
        changedAt: fact.occurredAt,
        [WHOLE]: answer === 'whole' ? true : undefined,
      },
      ...(deleted && { progress: { stage: GONE, fields: { deletedAt: fact.occurredAt } } }),
    },
  ];
  if (guest !== undefined) {
    const mention = { guest, normaliser, name: personal.guestName, rank: answer ? 1 : 0 };
    changes.push(mentionOfGuest(fact, mention));
  }
  changes.push(...mentionsOfPayments(fact, data));
  return changes;
};

const fieldsOf = (data: ReservationObservedV1, personal: ReservationObservedV1Personal): Fields => {
  const { answer: _answer, deleted: _deleted, normaliser: _normaliser, ...said } = data;
  const { event: _event, guests, money, rank: _rank, reservation, source, ...told } = said;
  const { itemTitles, notes, source: sourceText, ...words } = personal;
  return {
    ...told,
    ...words,
    ...spread('guests', guests),
    ...spread('notes', notes),
    ...moneyOf(money, itemTitles),
    bookedVia: source ?? sourceText,
    id: reservation,
  };
};

/** Each currency is a group of its own: amounts of two are never put together. */
const moneyOf = (
  money: ReservationObservedV1['money'],
  titles: readonly string[] | undefined,
): Fields => {
  if (!money) return {};
  const { currency, items, ...amounts } = money;
  const titled = items?.map(({ type, ...item }, i) => shown({ ...item, title: titles?.[i], type }));
  return { ...spread(`money.${currency}`, { ...amounts, items: titled }), currency };
};
