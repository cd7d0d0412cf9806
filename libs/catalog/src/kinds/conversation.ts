import type { ConversationObservedV1, ConversationObservedV1Personal, Fact } from '#libs/contracts';

import { orderKey } from '../merge/order-key.js';
import type { Change } from '../merge/record-state.js';
import { kindOf } from './kind-of.js';
import { isoOf, stringOf } from './kind.js';

export const changesOfConversation = (fact: Fact): Change[] => {
  const data = fact.data as ConversationObservedV1;
  const personal = fact.personal as ConversationObservedV1Personal | undefined;
  const { conversation, deleted, normaliser, rank, reservations, ...said } = data;
  return [
    {
      kind: 'conversation',
      id: conversation,
      key: orderKey(fact.occurredAt, rank, normaliser, fact),
      fields: {
        ...said,
        ...personal,
        deletedAt: deleted && fact.occurredAt,
        id: conversation,
        // The one it is about now, for lists; where there are several, the first is the one the provider shows.
        reservation: reservations?.[0],
        reservations,
      },
    },
  ];
};

export const conversationKind = kindOf({
  name: 'conversation',
  fields: ['assignedTo', 'channel', 'guest', 'reservation', 'status', 'with'],
  names: { assignedTo: 'colleague', guest: 'guest', reservation: 'reservation' },
  namesInside: { listings: ['listing'], reservations: ['reservation'] },
  nameOf: (values) => stringOf(values.guestName) ?? stringOf(values.subject),
  show: (values) => ({
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
});
