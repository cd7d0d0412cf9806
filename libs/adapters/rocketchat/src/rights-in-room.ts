import type { PersonRights, RoomRights } from '#libs/ports/directory';

import type { FindChat } from './chat-database.js';
import { byPerson, subscriberOf } from './chat-documents.js';
import { standing, subscriptionsThat, type ChatPerson } from './chat-reader.js';
import {
  groupsOf,
  isStaffByRole,
  isStaffByRoom,
  lookUp,
  rightsOf,
  type ChatScope,
  type ChatStanding,
} from './looked-up.js';
import { readersOfRoom, roomWithAllAbove } from './readers-of-room.js';
import { isShown, mayReadRoom } from './room-rules.js';
import { roomsReadByAll } from './rooms-read-by-all.js';

/**
 * Where somebody may ask: not where a visitor reads. A direct room is nobody's source while those are off, and one can be
 * asked in all the same.
 */
const ASKED_IN = { direct: true, livechat: false };

/**
 * What each reader of a room may read, the person who asks among them. What that person may read is narrowed by what the
 * others may, so nothing is looked at that the person does not read.
 */
export const rightsInRoom = async (
  find: FindChat,
  { room: id, person }: { readonly room: string; readonly person: ChatPerson },
  scope: ChatScope,
): Promise<RoomRights | undefined> => {
  const [own, rooms] = await Promise.all([lookUp(find, person, scope), roomWithAllAbove(find, id)]);
  const room = rooms?.get(id);
  if (rooms === undefined || room === undefined || !isShown(room, rooms, ASKED_IN))
    return undefined;
  if (!mayReadRoom(own.reader, room, rooms)) return undefined;
  const { people, hasOutsiders } = await readersOfRoom(find, { room, rooms, rules: own.rules });
  const others = people.filter(({ id: each }) => each !== person.id && each !== scope.botUserId);
  const rights = rightsOf(own);
  const here = rights.rooms.filter((each) => each === id);
  if (hasOutsiders) return { ...rights, rooms: here, groups: [], isStaff: false, isForOne: false };
  const elsewhere = { ...own, readable: rights.rooms.filter((each) => each !== id) };
  const [common, isStaff] = await Promise.all([
    roomsReadByAll(find, elsewhere, others),
    rights.isStaff && areAllStaff(find, others, own.standing),
  ]);
  return {
    ...rights,
    rooms: [...here, ...common].sort(),
    groups: groupsOfAll(rights, others, own.standing),
    isStaff,
    isForOne: others.length === 0,
  };
};

const groupsOfAll = (
  { groups }: PersonRights,
  others: readonly ChatPerson[],
  { roles }: ChatStanding,
): readonly string[] => {
  const different = new Map(others.map((each) => [JSON.stringify(each.roles), each]));
  const theirs = [...different.values()].map((each) => new Set(groupsOf(each, roles)));
  return groups.filter((group) => theirs.every((each) => each.has(group)));
};

const areAllStaff = async (
  find: FindChat,
  others: readonly ChatPerson[],
  known: ChatStanding,
): Promise<boolean> => {
  const unproved = others.filter((each) => !isStaffByRole(each, known));
  if (unproved.length === 0 || known.staffRooms.size === 0) return unproved.length === 0;
  const members = await subscriptionsThat(find, { rid: { $in: [...known.staffRooms] } });
  const subscribed = byPerson(members, subscriberOf);
  return unproved.every(({ id }) => isStaffByRoom(standing(subscribed.get(id) ?? []), known));
};
