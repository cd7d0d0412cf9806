import { fault, type JsonObject } from '#libs/kernel';
import type { Directory, PersonRights } from '#libs/ports/directory';

import type { FindChat } from './chat-database.js';
import { ROOM_FIELDS, roomsOf, textIn, type ChatRoom } from './chat-documents.js';
import { findPerson, readerOf, type ChatPerson } from './chat-reader.js';
import type { ChatLimits, MongodbRocketchatDirectoryOptions, StaffSetting } from './options.js';
import { readableRooms, type ChatReader } from './room-rules.js';
import { roomsWithParents } from './rooms-with-parents.js';
import { hasMembers, meantIds, staffNames } from './staff-of-chat.js';

/** Somebody whom the chat does not know, or does not let ask. */
export const NOBODY: PersonRights = { rooms: [], groups: [], isStaff: false };

/**
 * Who may read what, from the chat's own documents as they are at the question. That takes four readings one after the
 * other, each of a few queries, in a chat of any size. All of them see the same moment, so no right is put together
 * from two.
 */
export const mongodbRocketchatDirectory = (
  options: MongodbRocketchatDirectoryOptions,
): Directory => {
  const { database, patienceMs = 1_000 } = options;
  return {
    rightsOf: (name) =>
      database.reading(patienceMs, async (find) => {
        const person = await findPerson(find, name);
        return person ? rightsOf(find, person, options) : NOBODY;
      }),

    rightsInRoom: () => Promise.resolve(undefined),

    reach: () =>
      database.reading(patienceMs, async (find) => {
        const known = await find({
          collection: 'rocketchat_permissions',
          filter: { _id: 'view-c-room' },
          fields: ['roles'],
        });
        // Of a chat there is always one: this is another database.
        if (known.length === 0)
          throw fault('DIRECTORY_UNAVAILABLE', { details: { reason: 'no permissions' } });
      }),
  };
};

const rightsOf = async (
  find: FindChat,
  person: ChatPerson,
  options: ChatLimits & { readonly staff: StaffSetting },
): Promise<PersonRights> => {
  const named = staffNames(options.staff);
  const [reader, roles, staffRooms] = await Promise.all([
    readerOf(find, person),
    find({ collection: 'rocketchat_roles', filter: {}, fields: ['name'] }),
    roomsNamed(find, named.rooms),
  ]);
  const rooms = await roomsWithParents(find, candidates(reader, options));
  const roleNames = roles.flatMap(nameOf);
  const staffRoles = meantIds(named.roles, withUnlisted(person.roles, roleNames));
  const staffIds = meantIds(named.rooms, staffRooms);
  return {
    rooms: readableRooms(reader, rooms, options),
    groups: groupsOf(person, roleNames),
    isStaff:
      person.roles.some((role) => staffRoles.has(role)) ||
      [...staffIds].some((room) => reader.joined.has(room) && !reader.shutOut.has(room)),
  };
};

interface NamedRole {
  readonly id: string;
  readonly name?: string;
}

const nameOf = (document: JsonObject): NamedRole[] => {
  const id = textIn(document['_id']);
  return id === undefined ? [] : [{ id, name: textIn(document['name']) }];
};

/** A role that somebody has stands for itself, whether it is listed or not. */
const withUnlisted = (
  own: readonly string[],
  listed: readonly NamedRole[],
): readonly NamedRole[] => [
  ...listed,
  ...own.filter((id) => !listed.some((role) => role.id === id)).map((id) => ({ id })),
];

/** Roles of one's own in the whole chat, by id and, where no other role has that for an id, by name. */
const groupsOf = ({ roles }: ChatPerson, listed: readonly NamedRole[]): readonly string[] => {
  const ids = new Set(listed.map(({ id }) => id));
  const names = listed.flatMap(({ id, name }) =>
    roles.includes(id) && name !== undefined && !ids.has(name) ? [name] : [],
  );
  return [...new Set([...roles, ...names])].sort();
};

const roomsNamed = async (
  find: FindChat,
  names: readonly string[],
): Promise<readonly ChatRoom[]> => {
  if (names.length === 0) return [];
  const found = await find({
    collection: 'rocketchat_room',
    filter: { $or: [{ _id: { $in: [...names] } }, { name: { $in: [...names] } }] },
    fields: ROOM_FIELDS,
  });
  return [...roomsOf(found).values()].filter(hasMembers);
};

/** Each room that this person could read, and every discussion. */
const candidates = (reader: ChatReader, { direct, livechat }: ChatLimits): JsonObject => ({
  t: { $in: ['c', 'p', ...(direct ? ['d'] : []), ...(livechat ? ['l'] : [])] },
  $or: [
    { t: 'c' },
    { prid: { $exists: true } },
    { _id: { $in: [...reader.joined] } },
    ...(livechat ? talksOf(reader) : []),
  ],
});

const talksOf = ({ id, permissions }: ChatReader): JsonObject[] => {
  if (permissions.has('view-livechat-rooms')) return [{ t: 'l' }];
  const closed = permissions.has('view-livechat-room-closed-by-another-agent');
  return [
    { t: 'l', 'servedBy._id': { $eq: id } },
    ...(closed ? [{ t: 'l', open: { $ne: true } }] : []),
  ];
};
