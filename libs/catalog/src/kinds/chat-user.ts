import { chatUserObservedV1 } from '#libs/contracts';

import { defineKind } from './define-kind.js';
import { streamInLife } from './lives.js';
import { isoOf, stringOf } from './show.js';
import { flag, instant, number, text, texts, whole } from './values.js';

/** An account of the team’s chat. Nobody finds one: it says who may do what there. */
export const chatUserKind = defineKind({
  name: 'chat_user',
  values: {
    active: flag,
    createdAt: instant,
    deletedAt: instant,
    event: text,
    federated: flag,
    isWhole: whole(),
    life: number,
    name: text,
    reason: text,
    roles: texts,
    type: text,
    userName: text,
  },
  from: (when) => [
    when(chatUserObservedV1, ({ fact, data, personal }) => {
      const { deleted, normaliser: _normaliser, rank: _rank, user, ...rest } = data;
      return {
        fields: {
          ...rest,
          ...personal,
          deletedAt: deleted && fact.occurredAt,
          id: user,
          isWhole: true,
        },
      };
    }),
  ],
  fields: ['type'],
  nameOf: ({ name, userName }) => stringOf(name) ?? stringOf(userName),
  view: (values) => ({
    active: values.active,
    createdAt: isoOf(values.createdAt),
    event: values.event,
    federated: values.federated,
    name: values.name,
    reason: values.reason,
    roles: values.roles,
    type: values.type,
    userName: values.userName,
  }),
  stream: streamInLife('chat_user'),
  audience: () => [],
});
