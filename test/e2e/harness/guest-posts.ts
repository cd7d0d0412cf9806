import { readFileSync } from 'node:fs';

import { utf8, type JsonObject } from '#libs/kernel';
import type { Provider, RawAnswer } from '#libs/ports/provider';
import { guesty } from '#libs/providers/guesty';
import { stripe } from '#libs/providers/stripe';

import { markedAs } from './marks.js';
import { signedPost, type Post } from './providers.js';

/** What stands in the samples of Guesty and Stripe, and the marked person who stands there instead. */
const marked = markedAs([
  ['Maya', 'Zephyrine'],
  ['Osei', 'Quillfeather'],
  ['maya.osei@example.com', 'zephyrine@quillfeather.example'],
  ['m.osei@example.org', 'z@quillfeather.example'],
  ['447700900123', '447700900987'],
  ['Prefers late check-out', 'Keeps herons'],
  ['Is parking included', 'Are herons welcome'],
  ['The key safe will not open', 'The herons broke the flowerpot'],
  ['Replace key safe battery', 'Feed the herons'],
  ['Guest could not open the safe', 'The key lies under the flowerpot'],
  ['Great stay by the water', 'Great herons by the water'],
  ['Zofia Wójcik', 'Zephyrine Quillfeather'],
  ['zofia@example.com', 'zephyrine@quillfeather.example'],
]);

const GUEST = '66c2d3e4f5a6b7c8d9e0f1a2';
const RESERVATION = '66d3e4f5a6b7c8d9e0f1a2b3';
const CONVERSATION = '66e4f5a6b7c8d9e0f1a2b3c4';
/** Of Otto Lind, who stays there at the same time. */
const OTHER_GUEST = '66c2d3e4f5a6b7c8d9e0f1b9';
const OTHER_RESERVATION = '66d3e4f5a6b7c8d9e0f1b9b9';
const SHARED_CONVERSATION = '66e4f5a6b7c8d9e0f1b9b9b9';
const SHARED_MESSAGE = '67100000000000000000b9b9';

export const guestStream = `guest/guesty.main.${GUEST}`;
export const otherGuestStream = `guest/guesty.main.${OTHER_GUEST}`;
/** A thread of both: hers and somebody else's. */
export const sharedStream = `conversation/guesty.main.${SHARED_CONVERSATION}`;
export const sharedMessageStream = `guest_message/guesty.main.${SHARED_MESSAGE}`;

const sample = (path: string): string =>
  readFileSync(new URL(`../../fixtures/${path}.json`, import.meta.url), 'utf8');

const guestySamples = [
  ...['guest.created', 'guest.updated', 'reservation.new.legacy'],
  ...['reservation.messageReceived.airbnb', 'payments.received', 'payments.refunded'],
  ...['task.created', 'task.updated'],
];
const stripeSamples = ['payment_intent.succeeded', 'charge.refunded'];

const ofOther = (text: string): string =>
  text
    .replaceAll(GUEST, OTHER_GUEST)
    .replaceAll(RESERVATION, OTHER_RESERVATION)
    .replaceAll(CONVERSATION, SHARED_CONVERSATION)
    .replaceAll('Maya', 'Otto')
    .replaceAll('Osei', 'Lind')
    .replaceAll('maya.osei@example.com', 'otto@lind.example')
    .replaceAll('447700900123', '447700900456');

/** A message of hers in the conversation of somebody else, which is about the stays of both. */
const sharedMessage = (): string => {
  const body = JSON.parse(
    ofOther(sample('guesty/reservation.messageReceived.airbnb')),
  ) as JsonObject & { conversation: { meta: { reservations: JsonObject[] } } };
  const { conversation, ...rest } = body;
  const message = {
    postId: SHARED_MESSAGE,
    body: 'Zephyrine brings her herons along',
    createdAt: '2026-09-14T10:05:10.000Z',
    ...{ type: 'fromGuest', module: 'airbnb2' },
  };
  const { meta } = conversation;
  return JSON.stringify({
    ...rest,
    message,
    conversation: {
      ...conversation,
      thread: [message],
      meta: {
        guestName: 'Otto Lind and Zephyrine',
        reservations: [{ _id: RESERVATION }, ...meta.reservations],
      },
    },
  });
};

const othersSamples = ['guest.created', 'reservation.new.legacy'].map((name) =>
  ofOther(sample(`guesty/${name}`)),
);

/** The marked guest through every door of Guesty and Stripe, and Otto Lind beside her. */
export const guestPosts = (): Promise<readonly Post[]> => {
  const texts: readonly (readonly [Provider, string])[] = [
    ...guestySamples.map((name) => [guesty, marked(sample(`guesty/${name}`))] as const),
    ...stripeSamples.map((name) => [stripe, marked(sample(`stripe/${name}`))] as const),
    ...[...othersSamples, sharedMessage()].map((text) => [guesty, text] as const),
  ];
  return Promise.all(texts.map(([provider, text]) => signedPost(provider, text)));
};

/** Reviews come by no webhook: what the API answers, as who reads it hands it on. */
export const guestAnswers = (): readonly RawAnswer[] => {
  const { data } = JSON.parse(marked(sample('guesty/api/rest.reviews.list'))) as {
    data: { _id: string }[];
  };
  return data.map((review) => ({
    entity: 'review',
    id: review._id,
    askedAt: Date.now(),
    body: utf8(JSON.stringify(review)),
  }));
};
