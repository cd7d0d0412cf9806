import { guestMessageObservedV1 } from '#libs/contracts';

import { defineKind } from './define-kind.js';
import { messageHeading, messageText } from './message-sections.js';
import { sectionsIn } from './section-text.js';
import { isoOf, referenceOf, snippetOf, stringOf } from './show.js';
import { flag, id, instant, number, one, text, texts } from './values.js';

export const guestMessageKind = defineKind({
  name: 'guest_message',
  values: {
    attachmentCount: number,
    attachments: one<readonly { readonly name?: string; readonly url?: string }[]>(),
    /** What sort of author; who of the company it was is `colleague`. */
    author: text,
    authorName: text,
    bcc: texts,
    cc: texts,
    channel: text,
    colleague: id,
    conversation: id,
    event: text,
    guest: id,
    internal: flag,
    listing: id,
    reservation: id,
    sentAt: instant,
    subject: text,
    text,
    to: texts,
  },
  from: (when) => [
    when(guestMessageObservedV1, ({ data, personal }) => {
      const { attachments, author, message, normaliser: _normaliser, rank: _rank, ...rest } = data;
      return {
        fields: {
          ...rest,
          ...personal,
          attachmentCount: attachments,
          author: author?.kind,
          colleague: author?.colleague,
          id: message,
        },
      };
    }),
  ],
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
  nameOf: ({ subject, text }) => snippetOf(text) ?? snippetOf(subject),
  view: (values) => ({
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
  partOf: 'conversation',
  sections: (values, setting) =>
    sectionsIn([
      {
        path: 'text',
        heading: messageHeading(
          {
            at: values.sentAt,
            role: values.internal === true ? 'internal note' : values.author,
            who: values.authorName,
          },
          setting,
        ),
        text: messageText(values.text, values.attachments, values.subject),
        from: values.sentAt,
      },
    ]),
  about: { named: 'guest' },
});
