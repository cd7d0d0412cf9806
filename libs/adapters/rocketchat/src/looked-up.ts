import type { JsonObject } from '#libs/kernel';
import type { PersonRights } from '#libs/ports/directory';

import type { FindChat } from './chat-database.js';
import { ROOM_FIELDS, roomsOf, textIn, type ChatRoom } from './chat-documents.js';
import {
  documentsOf,
  readerFrom,
  rulesOf,
  type ChatPerson,
  type ChatRules,
} from './chat-reader.js';
import type { ChatLimits, StaffSetting } from './options.js';
import { readableRooms, type ChatReader, type ChatRooms } from './room-rules.js';
import { roomsWithParents } from './rooms-with-parents.js';
import { hasMembers, meantIds, staffNames } from './staff-of-chat.js';

/** How much of a chat, and whom of it business is for. */
export interface ChatScope extends ChatLimits {
  readonly staff: StaffSetting;
  readonly botUserId?: string;
}

/** Which roles and which rooms make somebody staff, and what roles are called. */
export interface ChatStanding {
  readonly roles: readonly NamedRole[];
  readonly staffRoles: readonly string[];
  /** Ids of rooms. */
  readonly staffRooms: ReadonlySet<string>;
}

/** All that one question reads of the chat for one person. */
export interface PersonInChat {
  readonly person: ChatPerson;
  readonly reader: ChatReader;
  readonly rules: ChatRules;
  readonly standing: ChatStanding;
  /** Each that could be readable, and their parents. */
  readonly rooms: ChatRooms;
  /** Ids of those that are. */
  readonly readable: readonly string[];
}

export const lookUp = async (
  find: FindChat,
  person: ChatPerson,
  scope: ChatScope,
): Promise<PersonInChat> => {
  const named = staffNames(scope.staff);
  const [rules, documents, roles, staffRooms] = await Promise.all([
    rulesOf(find),
    documentsOf(find, person),
    find({ collection: 'rocketchat_roles', filter: {}, fields: ['name'] }),
    roomsNamed(find, named.rooms),
  ]);
  const reader = readerFrom(person, rules, documents);
  const rooms = await roomsWithParents(find, candidates(reader, scope));
  const standing: ChatStanding = {
    roles: roles.flatMap(nameOf),
    staffRoles: named.roles,
    staffRooms: meantIds(named.rooms, staffRooms),
  };
  return { person, reader, rules, standing, rooms, readable: readableRooms(reader, rooms, scope) };
};

export const rightsOf = ({ person, reader, standing, readable }: PersonInChat): PersonRights => ({
  id: person.id,
  rooms: readable,
  groups: groupsOf(person, standing.roles),
  isStaff: isStaffByRole(person, standing) || isStaffByRoom(reader, standing),
});

export const isStaffByRole = (
  { roles }: Pick<ChatPerson, 'roles'>,
  { staffRoles, roles: listed }: ChatStanding,
): boolean => {
  const meant = meantIds(staffRoles, withUnlisted(roles, listed));
  return roles.some((role) => meant.has(role));
};

export const isStaffByRoom = (
  { joined, shutOut }: Pick<ChatReader, 'joined' | 'shutOut'>,
  { staffRooms }: ChatStanding,
): boolean => [...staffRooms].some((room) => joined.has(room) && !shutOut.has(room));

export interface NamedRole {
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
export const groupsOf = (
  { roles }: Pick<ChatPerson, 'roles'>,
  listed: readonly NamedRole[],
): readonly string[] => {
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
