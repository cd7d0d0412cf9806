import fc from 'fast-check';

import type { Fact } from '#libs/contracts';
import { utf8, type JsonObject } from '#libs/kernel';
import { guesty } from '#libs/providers/guesty';

import { factsIn } from './histories.js';

/** How the same thing may be written: beside the event, under `data`, or spread out there. */
export type Envelope = 'old' | 'new' | 'spread';
export const envelopes: readonly Envelope[] = ['old', 'new', 'spread'];

/** A webhook of Guesty in either envelope, or an answer of its API. */
export type Word = (envelope: Envelope) => Fact[];

interface Event {
  readonly event: string;
  /** What stands beside the event in the old envelope. */
  readonly things: JsonObject;
  /** The name of the one that the new envelope may spread out. */
  readonly main?: string;
}

const told =
  ({ event, things, main }: Event): Word =>
  (envelope) =>
    factsIn(
      guesty.normalise({
        account: 'main',
        headers: {},
        body: utf8(JSON.stringify(enveloped(envelope, event, things, main))),
        receivedAt: 0,
      }),
      'guesty/main',
    );

const enveloped = (
  envelope: Envelope,
  event: string,
  things: JsonObject,
  main: string | undefined,
): JsonObject => {
  if (envelope === 'old') return { event, ...things };
  const spread = envelope === 'spread' && main !== undefined ? things[main] : undefined;
  return { event, meta: { eventId: 'e' }, data: spread ?? things };
};

const answered =
  (entity: string, askedAt: number, item: JsonObject): Word =>
  () =>
    factsIn(
      guesty.api?.normalise({
        account: 'main',
        headers: {
          'innkeeper-entity': entity,
          'innkeeper-id': typeof item['_id'] === 'string' ? item['_id'] : '',
          'innkeeper-asked-at': String(askedAt),
        },
        body: utf8(JSON.stringify(item)),
        receivedAt: 0,
      }),
      'guesty-api/main',
    );

const START = Date.UTC(2026, 8, 14, 9);
const second = fc.integer({ min: 0, max: 3 }).map((at) => START + at * 1000);
const iso = second.map((at) => new Date(at).toISOString());
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value);
const objectId = (kind: string, of: number): fc.Arbitrary<string> =>
  fc.integer({ min: 1, max: of }).map((i) => `66e4f5a6b7c8d9e0f1a2${kind}0${i}`);
const textOf = maybe(fc.constantFrom('one', 'two 😕', ''));

const reservation = objectId('a', 2).map((id) => id.padEnd(24, '0'));
const conversationId = objectId('b', 2).map((id) => id.padEnd(24, '0'));
const user = objectId('c', 2).map((id) => id.padEnd(24, '0'));

const message = fc.record({
  postId: objectId('d', 4).map((id) => id.padEnd(24, '0')),
  body: textOf,
  createdAt: iso,
  type: fc.constantFrom('fromGuest', 'fromHost', 'system', null),
  module: fc.constantFrom('airbnb2', 'email', 'note'),
});

const conversation = fc
  .record({
    _id: conversationId,
    isRead: maybe(fc.boolean()),
    status: maybe(fc.constantFrom('OPEN', 'CLOSED')),
    assignee: maybe(user),
    lastModifiedAt: maybe(iso),
    guestName: maybe(fc.constantFrom('Maya Osei', 'M. Osei')),
    reservations: fc.uniqueArray(reservation, { maxLength: 2 }),
    thread: fc.array(message, { maxLength: 3 }),
  })
  .map(({ guestName, reservations, ...rest }) => ({
    ...rest,
    meta: { guestName, reservations: reservations.map((_id) => ({ _id })) },
  }));

const messages = fc
  .record({
    event: fc.constantFrom('reservation.messageReceived', 'reservation.messageSent'),
    things: fc.record({ reservationId: maybe(reservation), message, conversation }),
  })
  .map((event) => told(event as unknown as Event));

const paymentEvents = ['received', 'failed', 'refunded', 'disputes', 'overdue', 'method.received'];
const payments = fc
  .record({
    event: fc.constantFrom(...paymentEvents).map((name) => `payments.${name}`),
    payment: fc.record({
      paymentId: maybe(objectId('e', 2).map((id) => id.padEnd(24, '0'))),
      reservationId: reservation,
      amount: maybe(fc.constantFrom(591.5, '12.30', 0)),
      currency: fc.constantFrom('GBP', 'JPY', 'KWD'),
      paidAt: maybe(iso),
      refundedAt: maybe(iso),
      failureReason: maybe(fc.constantFrom('insufficient_funds', 'Try another card.')),
      updatedAt: maybe(iso),
    }),
  })
  .map(({ event, payment }) => told({ event, things: { payment }, main: 'payment' }));

const task = fc.record({
  _id: objectId('f', 2).map((id) => id.padEnd(24, '0')),
  title: textOf,
  status: maybe(fc.constantFrom('pending', 'in progress', 'completed')),
  assigneeId: maybe(user),
  tags: maybe(fc.subarray(['keys', 'urgent'])),
  checklist: maybe(fc.subarray(['one', 'two'])),
  comment: maybe(
    fc.record({ _id: objectId('9', 2).map((id) => id.padEnd(24, '0')), text: textOf }),
  ),
});

const tasks = fc
  .record({
    event: fc.constantFrom('task.created', 'task.updated', 'task.updated', 'task.deleted'),
    task,
    updatedAt: maybe(iso),
  })
  .map(({ event, task: of, updatedAt }) =>
    told({ event, things: { task: { ...of, updatedAt } }, main: 'task' }),
  );

const review = fc
  .record({
    _id: objectId('8', 1).map((id) => id.padEnd(24, '0')),
    channelId: fc.constantFrom('airbnb2', 'bookingCom'),
    updatedAt: maybe(iso),
    rating: maybe(fc.constantFrom(4.5, 3)),
    text: textOf,
    replyAt: maybe(iso),
  })
  .map(({ rating, text, replyAt, ...rest }) => ({
    ...rest,
    rawReview: { overall_rating: rating, public_review: text },
    reviewReplies: [{ _id: '66e4f5a6b7c8d9e0f1a28888', replyAt, reviewReply: text }],
  }));

const post = fc
  .record({ post: message, conversation: conversationId, by: maybe(user) })
  .map(({ post: { postId, module, type: _by, ...rest }, conversation: conversationId, by }) => ({
    ...{ ...rest, _id: postId, conversationId, module: { type: module }, sentBy: 'host' },
    from: { _id: by, type: 'user', fullName: 'Ines Carvalho' },
  }));

const items = fc.oneof(
  post.map((item) => ['post', item] as const),
  conversation.map((item) => ['conversation', item] as const),
  review.map((item) => ['review', item] as const),
  task.map((item) => ['task', item] as const),
);

const answers = fc
  .tuple(second, items)
  .map(([askedAt, [entity, item]]) => answered(entity, askedAt, item as unknown as JsonObject));

/** Much within few seconds, about few things: where order or envelope could matter, they do. */
export const talk: fc.Arbitrary<Word[]> = fc.array(fc.oneof(messages, payments, tasks, answers), {
  minLength: 1,
  maxLength: 14,
});
