import { chatMessageObservedV1 } from '#libs/contracts';

import { audienceOfRoom, talkOf } from './chat-places.js';
import { defineKind } from './define-kind.js';
import { messageHeading } from './message-sections.js';
import { labelled, listed, sectionsIn } from './section-text.js';
import { streamInLife } from './lives.js';
import { isoOf, referenceOf, snippetOf, stringOf } from './show.js';
import { flag, id, instant, number, one, text, texts, whole } from './values.js';

/** A message of the team’s chat; the people of its room read it. */
export const chatMessageKind = defineKind({
  name: 'chat_message',
  values: {
    alias: text,
    at: instant,
    author: id,
    authorName: text,
    authorUserName: text,
    deletedAt: instant,
    editedAt: instant,
    encrypted: flag,
    event: text,
    fileCount: number,
    fileNames: texts,
    isWhole: whole(),
    life: number,
    machine: text,
    pinned: flag,
    reactions: one<readonly { readonly count: number; readonly name: string }[]>(),
    reason: text,
    room: id,
    shownInRoom: flag,
    text,
    thread: id,
  },
  from: (when) => [
    when(chatMessageObservedV1, ({ fact, data, personal }) => {
      const { deleted, files, message, normaliser: _normaliser, rank: _rank, ...rest } = data;
      return {
        // A document is told whole. A removal tells only itself: no word of the message stays in the record.
        fields: {
          ...rest,
          ...personal,
          deletedAt: deleted && fact.occurredAt,
          fileCount: files,
          id: message,
          isWhole: true,
        },
      };
    }),
  ],
  fields: ['author', 'machine', 'room', 'talk', 'thread'],
  listed: ({ at, room, thread }) => ({ talk: talkOf({ at, room, thread }) }),
  // After a snapshot all have been read at one time: what counts is when they were written.
  changedAt: ({ at, editedAt }) => editedAt ?? at,
  names: { author: 'chat_user', room: 'chat_room' },
  // No list of `names`: an erasure of one message must not take the whole thread along.
  namesInside: { thread: ['chat_message'] },
  nameOf: ({ fileNames, text }) => snippetOf(text) ?? snippetOf(listed(fileNames)),
  view: (values) => ({
    at: isoOf(values.at),
    author: referenceOf(values.author, values.alias ?? values.authorName),
    authorUserName: values.authorUserName,
    editedAt: isoOf(values.editedAt),
    encrypted: values.encrypted,
    event: values.event,
    fileCount: values.fileCount,
    fileNames: values.fileNames,
    machine: values.machine,
    pinned: values.pinned,
    reactions: values.reactions,
    reason: values.reason,
    room: values.room,
    shownInRoom: values.shownInRoom,
    text: values.text,
    thread: values.thread,
  }),
  partOf: 'talk',
  sections: (values, setting) =>
    sectionsIn([
      {
        path: 'text',
        heading: messageHeading(
          {
            at: values.at,
            role: values.machine,
            who: stringOf(values.alias) ?? values.authorName,
          },
          setting,
        ),
        text: [stringOf(values.text), labelled('Attached', listed(values.fileNames))]
          .filter((part) => part !== undefined)
          .join('\n\n'),
        from: values.at,
      },
    ]),
  stream: streamInLife('chat_message'),
  audience: ({ room }) => audienceOfRoom(room),
});
