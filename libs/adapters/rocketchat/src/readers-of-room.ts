import type { FindChat } from './chat-database.js';
import {
  byPerson,
  isYes,
  roomOf,
  ROOM_FIELDS,
  subscriberOf,
  textsIn,
  type ChatRoom,
} from './chat-documents.js';
import {
  mayAskAtAll,
  membershipsThat,
  peopleThat,
  readerFrom,
  subscriptionsThat,
  type ChatPerson,
  type ChatRules,
} from './chat-reader.js';
import { mayReadRoom, withParents, type ChatRooms } from './room-rules.js';

/** More than a chat allows: there is one parent, and it has none. */
const LONGEST = 100;

/** A room and the rooms above it, however many documents say that there are. `undefined`: not all could be seen. */
export const roomWithAllAbove = async (
  find: FindChat,
  id: string,
): Promise<ChatRooms | undefined> => {
  const found = new Map<string, ChatRoom>();
  for (let wanted: string | undefined = id; wanted !== undefined && !found.has(wanted);) {
    if (found.size === LONGEST) return undefined;
    const filter = { _id: { $eq: wanted } };
    const [document] = await find({ collection: 'rocketchat_room', filter, fields: ROOM_FIELDS });
    const room: ChatRoom | undefined = document && roomOf(document);
    if (room === undefined) break;
    found.set(room.id, room);
    wanted = room.parent;
  }
  return found;
};

export interface RoomReaders {
  /** People whose own rights can be told. */
  readonly people: readonly ChatPerson[];
  /** Somebody else reads it as well, who is nobody here. */
  readonly hasOutsiders: boolean;
}

/** Who reads a room now, machines left out. Of the rooms above it no more than this is asked. */
export const readersOfRoom = async (
  find: FindChat,
  { room, rooms, rules }: { room: ChatRoom; rooms: ChatRooms; rules: ChatRules },
): Promise<RoomReaders> => {
  const chain = withParents(room, rooms);
  const teams = chain.flatMap(({ team }) => team ?? []);
  const [subscriptions, memberships] = await Promise.all([
    subscriptionsThat(find, { rid: { $in: chain.map(({ id }) => id) } }),
    teams.length === 0 ? [] : membershipsThat(find, { teamId: { $in: teams } }),
  ]);
  const [subscribed, inTeams] = [
    byPerson(subscriptions, subscriberOf),
    byPerson(memberships, ({ userId }) => userId),
  ];
  const inside = [...new Set([...subscribed.keys(), ...inTeams.keys()])];
  const all = await peopleThat(find, {
    $or: [{ _id: { $in: inside } }, { roles: { $in: rolesThatOpen(chain, rules) } }],
  });
  const readsIt = (person: ChatPerson): boolean => {
    const reader = readerFrom(person, rules, {
      subscriptions: subscribed.get(person.id) ?? [],
      memberships: inTeams.get(person.id) ?? [],
    });
    // No role of ours opens anything to somebody of another server, who sees what was joined from there.
    return isYes(person.document['federated'])
      ? chain.some(({ id }) => reader.joined.has(id))
      : mayReadRoom(reader, room, rooms);
  };
  // Of those of whom nothing else is known, one stands for all with the same roles.
  const byRoles = new Map<string, boolean>();
  const readers = all.filter((person) => {
    if (subscribed.has(person.id) || inTeams.has(person.id)) return readsIt(person);
    const key = JSON.stringify([person.roles, isYes(person.document['federated'])]);
    const reads = byRoles.get(key) ?? readsIt(person);
    byRoles.set(key, reads);
    return reads;
  });
  const people = readers.filter(({ document }) => mayAskAtAll(document));
  const hasOutsiders =
    people.length < readers.length || chain.some(({ isFederated }) => isFederated);
  return { people, hasOutsiders };
};

/** Of people who are in none of these rooms, whom one of them lets read. */
const rolesThatOpen = (
  chain: readonly ChatRoom[],
  { permissions, publicTeams }: ChatRules,
): readonly string[] => {
  const isOpen = ({ type, parent, team }: ChatRoom): boolean =>
    type === 'c' && parent === undefined && (team === undefined || publicTeams.has(team));
  if (!chain.some(isOpen)) return [];
  return permissions
    .filter(({ _id }) => _id === 'view-c-room')
    .flatMap(({ roles }) => textsIn(roles));
};
