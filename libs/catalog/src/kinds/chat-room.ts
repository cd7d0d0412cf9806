import { chatRoomObservedV1 } from '#libs/contracts';

import { audienceOfRoom } from './chat-places.js';
import { defineKind } from './define-kind.js';
import { after, labelled, listed, plainWord, prose, sectionsIn, words } from './section-text.js';
import { streamInLife } from './lives.js';
import { isoOf, stringOf } from './show.js';
import { flag, id, instant, number, text, texts, whole } from './values.js';

/** A room of the team’s chat; its people read it. */
export const chatRoomKind = defineKind({
  name: 'chat_room',
  values: {
    announcement: text,
    archived: flag,
    broadcast: flag,
    createdAt: instant,
    creator: id,
    deletedAt: instant,
    description: text,
    encrypted: flag,
    event: text,
    federated: flag,
    form: text,
    isWhole: whole(),
    life: number,
    name: text,
    parent: id,
    people: texts,
    readOnly: flag,
    reason: text,
    team: id,
    teamMain: flag,
    title: text,
    topic: text,
  },
  from: (when) => [
    when(chatRoomObservedV1, ({ fact, data, personal }) => {
      const { deleted, normaliser: _normaliser, rank: _rank, room, ...rest } = data;
      return {
        fields: {
          ...rest,
          ...personal,
          deletedAt: deleted && fact.occurredAt,
          id: room,
          isWhole: true,
        },
      };
    }),
  ],
  fields: ['form', 'parent', 'team'],
  namesInside: { creator: ['chat_user'], parent: ['chat_room'] },
  nameOf: ({ name, people, title }) => stringOf(title) ?? stringOf(name) ?? listed(people),
  view: (values) => ({
    announcement: values.announcement,
    archived: values.archived,
    broadcast: values.broadcast,
    createdAt: isoOf(values.createdAt),
    creator: values.creator,
    description: values.description,
    encrypted: values.encrypted,
    event: values.event,
    federated: values.federated,
    form: values.form,
    name: values.name,
    parent: values.parent,
    people: values.people,
    readOnly: values.readOnly,
    reason: values.reason,
    team: values.team,
    teamMain: values.teamMain,
    title: values.title,
    topic: values.topic,
  }),
  sections: ({ announcement, description, form, name, people, title, topic }) =>
    sectionsIn([
      {
        path: 'room',
        heading: 'Room',
        text: prose(
          words('Room', stringOf(title) ?? name, after('of', listed(people))),
          labelled('Name', title === undefined ? undefined : name),
          labelled('Form', plainWord(form)),
          labelled('Topic', topic),
        ),
      },
      { path: 'announcement', heading: 'Announcement', text: announcement },
      { path: 'description', heading: 'Description', text: description },
    ]),
  stream: streamInLife('chat_room'),
  audience: ({ id: room }) => audienceOfRoom(room),
});
