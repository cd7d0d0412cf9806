import { chatMemberObservedV1 } from '#libs/contracts';

import { audienceOfRoom } from './chat-places.js';
import { defineKind } from './define-kind.js';
import { streamInLife } from './lives.js';
import { isoOf, referenceOf, stringOf } from './show.js';
import { id, instant, number, text, texts, whole } from './values.js';

/** Somebody in a room of the team’s chat; the people of that room read it. */
export const chatMemberKind = defineKind({
  name: 'chat_member',
  values: {
    deletedAt: instant,
    event: text,
    isWhole: whole(),
    life: number,
    name: text,
    reason: text,
    roles: texts,
    room: id,
    since: instant,
    status: text,
    user: id,
    userName: text,
  },
  from: (when) => [
    when(chatMemberObservedV1, ({ fact, data, personal }) => {
      const { deleted, member, normaliser: _normaliser, rank: _rank, ...rest } = data;
      return {
        fields: {
          ...rest,
          ...personal,
          deletedAt: deleted && fact.occurredAt,
          id: member,
          isWhole: true,
        },
      };
    }),
  ],
  fields: ['room', 'status', 'user'],
  names: { room: 'chat_room', user: 'chat_user' },
  nameOf: ({ name, userName }) => stringOf(name) ?? stringOf(userName),
  view: (values) => ({
    event: values.event,
    reason: values.reason,
    roles: values.roles,
    room: values.room,
    since: isoOf(values.since),
    status: values.status,
    user: referenceOf(values.user, values.name),
    userName: values.userName,
  }),
  stream: streamInLife('chat_member'),
  audience: ({ room }) => audienceOfRoom(room),
});
