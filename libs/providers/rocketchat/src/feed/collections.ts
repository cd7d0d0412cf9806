import type { FollowedCollection } from '#libs/ports/provider';

import { answerStanding, isThere, memberStanding, messageStanding } from './standing.js';

/**
 * What is followed of this server’s database. The lists are short on purpose. Secrets of accounts, drafts, keys, tokens of
 * visitors and the copy of the last message never leave the database. A change of what is not listed is not told: counters,
 * read marks, presence, link previews and `_updatedAt` change all day.
 */
export const collections: readonly FollowedCollection[] = [
  {
    name: 'chat_message',
    collection: 'rocketchat_message',
    fields: [
      ...['_hidden', 'alias', 'bot', 'editedAt', 'msg', 'parent', 'pinned', 'reactions', 'rid'],
      ...['t', 'tmid', 'ts', 'tshow', 'u._id', 'u.name', 'u.username'],
      ...['attachments.color', 'attachments.description', 'attachments.fields'],
      ...['attachments.message_link', 'attachments.text', 'attachments.title', 'attachments.type'],
      ...['blocks.appId', 'blocks.text', 'file.name', 'files.name'],
    ],
    groupField: 'rid',
    standing: messageStanding,
  },
  {
    // Without its text, so that it may grow unnoticed. In every room, for we answer in those too that are not followed.
    name: 'chat_answer',
    collection: 'rocketchat_message',
    fields: ['_hidden', 'parent', 'reactions', 'rid', 't', 'tmid', 'ts', 'u._id'],
    ownedBy: 'u._id',
    standing: answerStanding,
  },
  {
    name: 'chat_room',
    collection: 'rocketchat_room',
    fields: [
      ...['announcement', 'archived', 'broadcast', 'description', 'encrypted', 'federated'],
      ...['fname', 'name', 'prid', 'ro', 't', 'teamId', 'teamMain', 'topic', 'ts', 'u._id'],
      'usernames',
    ],
    groupField: '_id',
    standing: isThere,
  },
  {
    name: 'chat_member',
    collection: 'rocketchat_subscription',
    fields: ['rid', 'roles', 'status', 'ts', 'u._id', 'u.name', 'u.username'],
    groupField: 'rid',
    standing: memberStanding,
  },
  {
    name: 'chat_user',
    collection: 'users',
    fields: ['active', 'createdAt', 'federated', 'name', 'roles', 'type', 'username'],
    standing: isThere,
  },
];
