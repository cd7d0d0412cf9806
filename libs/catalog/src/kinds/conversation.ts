import type { ConversationObservedV1, ConversationObservedV1Personal, Fact } from '#libs/contracts';

import { orderKey } from '../merge/order-key.js';
import { changedAt, valuesOf, type Change } from '../merge/record-state.js';
import {
  commonFields,
  commonFieldsOf,
  declaredOf,
  idOf,
  isoOf,
  shown,
  sourceOf,
  stringOf,
  type Kind,
} from './kind.js';

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

const ownFields = ['assignedTo', 'channel', 'guest', 'reservation', 'status', 'with'] as const;

export const conversationKind: Kind = {
  name: 'conversation',
  fields: [...commonFields, ...ownFields],
  audience: ['staff'],

  fieldsOf(state) {
    const values = valuesOf(state);
    return { ...declaredOf(values, ownFields), ...commonFieldsOf(state, values) };
  },

  view(state) {
    const values = valuesOf(state);
    const id = idOf(values);
    return shown({
      assignedTo: values.assignedTo,
      channel: values.channel,
      createdAt: isoOf(values.createdAt),
      deleted: values.deletedAt !== undefined,
      deletedAt: isoOf(values.deletedAt),
      displayName: stringOf(values.guestName) ?? stringOf(values.subject) ?? id,
      event: values.event,
      guest: values.guest,
      guestMail: values.guestMail,
      guestName: values.guestName,
      guestWroteAt: isoOf(values.guestWroteAt),
      id,
      kind: 'conversation',
      language: values.language,
      listings: values.listings,
      priority: values.priority,
      read: values.read,
      receptionist: values.receptionist,
      reservations: values.reservations,
      snoozedUntil: isoOf(values.snoozedUntil),
      source: sourceOf(values),
      status: values.status,
      subject: values.subject,
      updatedAt: isoOf(changedAt(state)),
      with: values.with,
    });
  },

  phonesOf: () => [],
};
