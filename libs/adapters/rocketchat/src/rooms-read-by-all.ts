import type { FindChat } from './chat-database.js';
import { byPerson, subscriberOf, textIn, type ChatRoom } from './chat-documents.js';
import {
  membershipsThat,
  readerFrom,
  subscriptionsThat,
  type ChatPerson,
  type ChatRules,
  type PersonDocuments,
} from './chat-reader.js';
import type { PersonInChat } from './looked-up.js';
import { mayReadRoom, withParents, type ChatRooms } from './room-rules.js';

/** The first of whom memberships are asked; then always four times as many. */
const FIRST = 8;
const TIMES = 4;
/** Of so many it is cheaper to ask for each one's rooms than for all who are shut out of any. */
const FEW = 100;

interface Narrowing {
  readonly rules: ChatRules;
  readonly rooms: ChatRooms;
  /** What is still read by everybody who was looked at. */
  readonly left: Set<ChatRoom>;
  /** Of those who have these roles, what nobody reads by roles alone. */
  readonly closedTo: (person: ChatPerson) => ReadonlySet<ChatRoom>;
  /** Where somebody is shut out, of the room or of one above it. */
  readonly shutOutOf: (person: ChatPerson) => ReadonlySet<ChatRoom>;
}

/**
 * Of the rooms that one person reads, those that all of the others read too. What roles open is decided once for
 * all who have them. Memberships are asked of a few people first: mostly nothing is left after these that only members read.
 */
export const roomsReadByAll = async (
  find: FindChat,
  { readable, rooms, rules }: Pick<PersonInChat, 'readable' | 'rooms' | 'rules'>,
  others: readonly ChatPerson[],
): Promise<readonly string[]> => {
  const left = new Set(readable.flatMap((id) => rooms.get(id) ?? []));
  if (others.length === 0 || left.size === 0) return readable;
  const narrowing = {
    ...{ rules, rooms, left },
    closedTo: closedByRoles([...left], rooms, rules),
    shutOutOf: await shutOut(find, others, { left, rooms }),
  };
  // Those first who read least by their roles: a guest leaves little of the open channels.
  const closed = new Map(others.map((person) => [person, narrowing.closedTo(person).size]));
  const sorted = [...others].sort((a, b) => (closed.get(b) ?? 0) - (closed.get(a) ?? 0));
  for (let at = 0, size = FIRST; at < sorted.length && left.size > 0; at += size, size *= TIMES) {
    await narrow(find, sorted.slice(at, at + size), narrowing);
  }
  return [...left].map(({ id }) => id);
};

const NOTHING_OF_THEM = { subscriptions: [], memberships: [] };

const closedByRoles = (
  all: readonly ChatRoom[],
  rooms: ChatRooms,
  rules: ChatRules,
): Narrowing['closedTo'] => {
  const known = new Map<string, ReadonlySet<ChatRoom>>();
  return ({ roles, document }) => {
    const key = JSON.stringify(roles);
    const before = known.get(key);
    if (before) return before;
    // Nobody in particular: no talk with a visitor is served by an account without an id.
    const reader = readerFrom({ id: '', roles, document }, rules, NOTHING_OF_THEM);
    const closed = new Set(all.filter((room) => !mayReadRoom(reader, room, rooms)));
    known.set(key, closed);
    return closed;
  };
};

const shutOut = async (
  find: FindChat,
  others: readonly ChatPerson[],
  { left, rooms }: Pick<Narrowing, 'left' | 'rooms'>,
): Promise<Narrowing['shutOutOf']> => {
  const isOut = { status: { $nin: [null, 'INVITED'] } };
  const among = { 'u._id': { $in: others.map(({ id }) => id) } };
  const found = await subscriptionsThat(find, others.length > FEW ? isOut : { ...isOut, ...among });
  const byId = byPerson(found, subscriberOf);
  const none = new Set<ChatRoom>();
  return ({ id }) => {
    const documents = byId.get(id);
    if (documents === undefined) return none;
    const shut = new Set(documents.flatMap(({ rid }) => textIn(rid) ?? []));
    return new Set(
      [...left].filter((room) => withParents(room, rooms).some((each) => shut.has(each.id))),
    );
  };
};

/** Takes away what one of these people does not read. */
const narrow = async (
  find: FindChat,
  people: readonly ChatPerson[],
  { rules, rooms, left, closedTo, shutOutOf }: Narrowing,
): Promise<void> => {
  const doubtful = new Map<ChatPerson, readonly ChatRoom[]>();
  const asked = new Map<ReadonlySet<ChatRoom>, ChatPerson[]>();
  for (const person of people) {
    const [closed, out] = [closedTo(person), shutOutOf(person)];
    const rest = [...closed, ...out].filter((room) => left.has(room));
    if (rest.length === 0) continue;
    doubtful.set(person, rest);
    const key = out.size > 0 ? new Set(rest) : closed;
    asked.set(key, [...(asked.get(key) ?? []), person]);
  }
  if (doubtful.size === 0) return;
  const documents = await documentsAbout(find, asked, { left, rooms });
  for (const [person, theirs] of doubtful) {
    const reader = readerFrom(person, rules, documents(person));
    for (const room of theirs) if (!mayReadRoom(reader, room, rooms)) left.delete(room);
  }
};

/** Of each only what is in doubt for those of the same roles: the others’ memberships are many, and say nothing. */
const documentsAbout = async (
  find: FindChat,
  asked: ReadonlyMap<ReadonlySet<ChatRoom>, readonly ChatPerson[]>,
  { left, rooms }: Pick<Narrowing, 'left' | 'rooms'>,
): Promise<(person: ChatPerson) => PersonDocuments> => {
  const questions = [...asked].map(([doubted, people]) => {
    const chains = [...doubted]
      .filter((room) => left.has(room))
      .flatMap((room) => withParents(room, rooms));
    return {
      who: { $in: people.map(({ id }) => id) },
      ids: [...new Set(chains.map(({ id }) => id))],
      teams: [...new Set(chains.flatMap(({ team }) => team ?? []))],
    };
  });
  const inTeams = questions.filter(({ teams }) => teams.length > 0);
  const [subscriptions, memberships] = await Promise.all([
    subscriptionsThat(find, {
      $or: questions.map(({ who, ids }) => ({ 'u._id': who, rid: { $in: ids } })),
    }),
    inTeams.length === 0
      ? []
      : membershipsThat(find, {
          $or: inTeams.map(({ who, teams }) => ({ userId: who, teamId: { $in: teams } })),
        }),
  ]);
  const subscribed = byPerson(subscriptions, subscriberOf);
  const members = byPerson(memberships, ({ userId }) => userId);
  return ({ id }) => ({
    subscriptions: subscribed.get(id) ?? [],
    memberships: members.get(id) ?? [],
  });
};
