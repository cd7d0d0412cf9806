import type { PersonRights, RoomRights } from '#libs/ports/directory';

import { textsIn, type ChatRoom } from '../chat-documents.js';
import type { RestRocketchatDirectoryOptions } from '../options.js';
import { withParents } from '../room-rules.js';
import { hasMembers, meantIds, staffNames } from '../staff-of-chat.js';
import { isRefusal, objectsIn } from './client.js';
import { askEach } from './deadline.js';
import { membersOf, peopleAmong, type RestMembers, type RestPerson } from './members-by-rest.js';
import { isReadByMembers, readThrough, rightsByRest, type RestQuestion } from './rights-by-rest.js';

/** A direct room is nobody's source while those are off, and one can be asked in all the same. */
const ASKED_IN = { direct: true, livechat: false };

/** What is left where not each of the readers can be told. */
const alone = (rights: PersonRights, room: string): RoomRights => ({
  ...rights,
  rooms: rights.rooms.filter((each) => each === room),
  ...{ groups: [], isStaff: false, isForOne: false },
});

/**
 * The same in a room, from what the API says about members of the rooms that the bot is in. Who reads an open channel
 * without being in it is not told. There it is enough for other open channels, which the same people read.
 */
export const rightsInRoomByRest = async (
  question: RestQuestion,
  id: string,
  options: RestRocketchatDirectoryOptions,
): Promise<RoomRights | undefined> => {
  const { client, rooms, person, deadline } = question;
  const room = rooms.get(id);
  if (room === undefined || !isReadByMembers(room, rooms, ASKED_IN)) return undefined;
  const chain = withParents(room, rooms);
  const [isReader, rights, members] = await Promise.all([
    // Unlike of other rooms, silence about this one says nothing.
    deadline.hold(isInOneOf(readThrough(room, rooms), question)),
    rightsByRest(question, options),
    membersOfEach(chain, question),
  ]);
  if (!isReader) return undefined;
  if (members.size < chain.length || chain.some(({ isFederated }) => isFederated))
    return alone(rights, id);
  if ([...members.values()].some(({ shutOut }) => shutOut.has(person.id))) return undefined;
  const inRoom = new Set([...members.values()].flatMap((each) => [...each.joined]));
  inRoom.delete(person.id);
  inRoom.delete(options.userId);
  const { people, hasOutsiders } = await peopleAmong(client, [...inRoom], deadline);
  if (hasOutsiders) return alone(rights, id);
  const here = alone(rights, id);
  if (chain.some(isOpen))
    return { ...here, rooms: await openToAll(question, rights, { room, people }) };
  return closedToOthers(question, { id, rights, people }, options);
};

const isInOneOf = async (
  ids: readonly string[],
  { client, person }: RestQuestion,
): Promise<boolean> => {
  const answers = await Promise.all(
    ids.map((roomId) => client.ask('rooms.isMember', { roomId, userId: person.id })),
  );
  return answers.some((answer) => !isRefusal(answer) && answer.body['isMember'] === true);
};

const membersOfEach = (
  rooms: readonly ChatRoom[],
  { client, deadline }: RestQuestion,
): Promise<ReadonlyMap<ChatRoom, RestMembers>> =>
  askEach(rooms, deadline, (room) => membersOf(client, room));

const isOpen = ({ type, parent }: ChatRoom): boolean => type === 'c' && parent === undefined;

/** Open to each one who may read open channels at all. */
const isOpenToAll = (room: ChatRoom): boolean =>
  isOpen(room) && room.team === undefined && room.attributes.length === 0 && !room.isFederated;

const openToAll = async (
  question: RestQuestion,
  { rooms: own }: PersonRights,
  { room, people }: { readonly room: ChatRoom; readonly people: readonly RestPerson[] },
): Promise<readonly string[]> => {
  const { client, rooms, person, deadline } = question;
  const here = own.filter((id) => id === room.id);
  // Of a team: who reads it is another question than who reads open channels.
  if (withParents(room, rooms).some(({ team }) => team !== undefined)) return here;
  const [permissions] = (
    await askEach([0], deadline, () => client.ask('permissions.listAll'))
  ).values();
  if (permissions === undefined || isRefusal(permissions)) return here;
  const opening = objectsIn(permissions.body['update'])
    .filter(({ _id }) => _id === 'view-c-room')
    .flatMap(({ roles }) => textsIn(roles));
  // A guest reads this one as a member, and others not at all.
  const readOpen = ({ roles }: RestPerson): boolean => roles.some((role) => opening.includes(role));
  if (![person, ...people].every(readOpen)) return here;
  const others = own.flatMap((id) => rooms.get(id) ?? []).filter((each) => each.id !== room.id);
  const members = await membersOfEach(others.filter(isOpenToAll), question);
  const open = [...members].filter(([, { shutOut }]) => shutOut.size === 0);
  return [...here, ...open.map(([{ id }]) => id)].sort();
};

const closedToOthers = async (
  question: RestQuestion,
  {
    id,
    rights,
    people,
  }: { readonly id: string; readonly rights: PersonRights; readonly people: readonly RestPerson[] },
  options: RestRocketchatDirectoryOptions,
): Promise<RoomRights> => {
  const { rooms, person: own } = question;
  const named = staffNames(options.staff);
  const staffRooms = meantIds(named.rooms, [...rooms.values()].filter(hasMembers));
  const above = new Map(
    rights.rooms.map((each) => [each, readThrough(rooms.get(each) as ChatRoom, rooms)]),
  );
  // Alone, it is known of every room but a discussion, which may have shut out a member of its parent.
  const through = [...above.values()].filter((ids) => people.length > 0 || ids.length > 1);
  const wanted = new Set([
    ...(people.length > 0 && rights.isStaff ? staffRooms : []),
    ...through.flat(),
  ]);
  const found = await membersOfEach(
    [...wanted].flatMap((each) => rooms.get(each) ?? []),
    question,
  );
  const members = new Map([...found].map(([each, of]) => [each.id, of]));
  const isIn = (person: RestPerson, ids: Iterable<string>): boolean =>
    [...ids].some((each) => members.get(each)?.joined.has(person.id));
  const readsRoom = ({ id: reader }: { readonly id: string }, ids: readonly string[]): boolean =>
    ids.some((one) => members.get(one)?.joined.has(reader)) &&
    ids.every((one) => members.get(one)?.shutOut.has(reader) === false);
  const isShared = (each: string): boolean => {
    const ids = above.get(each) ?? [];
    const readers = ids.length > 1 ? [own, ...people] : people;
    return readers.every((reader) => readsRoom(reader, ids));
  };
  return {
    ...rights,
    rooms: rights.rooms.filter((each) => each === id || isShared(each)),
    groups: rights.groups.filter((group) => people.every(({ roles }) => roles.includes(group))),
    isStaff:
      rights.isStaff &&
      people.every(
        (person) =>
          person.roles.some((role) => named.roles.includes(role)) || isIn(person, staffRooms),
      ),
    isForOne: people.length === 0,
  };
};
