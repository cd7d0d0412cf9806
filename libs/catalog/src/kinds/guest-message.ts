import type { Fact, GuestMessageObservedV1, GuestMessageObservedV1Personal } from '#libs/contracts';

import { orderKey } from '../merge/order-key.js';
import type { Change } from '../merge/record-state.js';
import { mentionsOfColleagues } from './colleague.js';
import { kindOf } from './kind-of.js';
import { isoOf, referenceOf, snippetOf, stringOf } from './kind.js';

/** A message tells of itself, and in passing what its author of the company is called. */
export const changesOfGuestMessage = (fact: Fact): Change[] => {
  const data = fact.data as GuestMessageObservedV1;
  const personal = fact.personal as GuestMessageObservedV1Personal | undefined;
  const { attachments, author, message, normaliser, rank, ...said } = data;
  return [
    {
      kind: 'guest_message',
      id: message,
      key: orderKey(fact.occurredAt, rank, normaliser, fact),
      fields: {
        ...said,
        ...personal,
        attachmentCount: attachments,
        author: author?.kind,
        colleague: author?.colleague,
        id: message,
      },
    },
    ...mentionOfAuthor(fact, data, personal?.authorName),
  ];
};

const mentionOfAuthor = (
  fact: Fact,
  { author, normaliser }: GuestMessageObservedV1,
  name: string | undefined,
): Change[] => {
  const id = author?.colleague;
  if (id === undefined || name === undefined) return [];
  return mentionsOfColleagues(fact, normaliser, [{ id }], [{ id, name }]);
};

export const guestMessageKind = kindOf({
  name: 'guest_message',
  fields: [
    'author',
    'channel',
    'colleague',
    'conversation',
    'guest',
    'listing',
    'reservation',
    'sentAt',
  ],
  names: {
    colleague: 'colleague',
    conversation: 'conversation',
    guest: 'guest',
    listing: 'listing',
    reservation: 'reservation',
  },
  nameOf: (values) => snippetOf(values.text) ?? snippetOf(values.subject),
  show: (values) => ({
    attachmentCount: values.attachmentCount,
    attachments: values.attachments,
    author: values.author,
    authorName: values.authorName,
    bcc: values.bcc,
    cc: values.cc,
    channel: values.channel,
    colleague: referenceOf(values.colleague, values.authorName),
    conversation: values.conversation,
    event: values.event,
    guest: values.guest,
    internal: values.internal,
    listing: values.listing,
    reservation: values.reservation,
    sentAt: isoOf(values.sentAt),
    subject: stringOf(values.subject),
    text: values.text,
    to: values.to,
  }),
});
