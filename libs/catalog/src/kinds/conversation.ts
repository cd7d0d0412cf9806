import { conversationObservedV1 } from '#libs/contracts';

import { defineKind } from './define-kind.js';
import {
  after,
  inBrackets,
  labelled,
  plainWord,
  prose,
  sectionsIn,
  words,
} from './section-text.js';
import { isoOf, stringOf } from './show.js';
import { flag, id, instant, number, text, texts } from './values.js';

export const conversationKind = defineKind({
  name: 'conversation',
  values: {
    assignedTo: id,
    channel: text,
    createdAt: instant,
    deletedAt: instant,
    event: text,
    guest: id,
    guestMail: text,
    guestName: text,
    guestWroteAt: instant,
    language: text,
    listings: texts,
    priority: number,
    read: flag,
    receptionist: text,
    /** The one it is about now, for lists; where there are several, the first is the one the provider shows. */
    reservation: id,
    reservations: texts,
    snoozedUntil: instant,
    status: text,
    subject: text,
    with: text,
  },
  from: (when) => [
    when(conversationObservedV1, ({ fact, data, personal }) => {
      const { conversation, deleted, normaliser: _normaliser, rank: _rank, ...rest } = data;
      return {
        fields: {
          ...rest,
          ...personal,
          deletedAt: deleted && fact.occurredAt,
          id: conversation,
          reservation: data.reservations?.[0],
        },
      };
    }),
  ],
  fields: ['assignedTo', 'channel', 'guest', 'reservation', 'status', 'with'],
  names: { assignedTo: 'colleague', guest: 'guest', reservation: 'reservation' },
  namesInside: { listings: ['listing'], reservations: ['reservation'] },
  nameOf: ({ guestName, subject }) => stringOf(guestName) ?? stringOf(subject),
  view: (values) => ({
    assignedTo: values.assignedTo,
    channel: values.channel,
    createdAt: isoOf(values.createdAt),
    event: values.event,
    guest: values.guest,
    guestMail: values.guestMail,
    guestName: values.guestName,
    guestWroteAt: isoOf(values.guestWroteAt),
    language: values.language,
    listings: values.listings,
    priority: values.priority,
    read: values.read,
    receptionist: values.receptionist,
    reservations: values.reservations,
    snoozedUntil: isoOf(values.snoozedUntil),
    status: values.status,
    subject: values.subject,
    with: values.with,
  }),
  // Who read it, and until when it sleeps, says nothing of what was talked about.
  sections: (values) =>
    sectionsIn([
      {
        path: 'conversation',
        heading: 'Conversation',
        text: prose(
          words(
            'Conversation',
            after('with', values.guestName ?? plainWord(values.with)),
            inBrackets(values.guestMail),
            after('over', plainWord(values.channel)),
          ),
          labelled('Subject', values.subject),
        ),
        from: values.createdAt,
        to: values.guestWroteAt,
      },
    ]),
  about: { named: 'guest' },
});
