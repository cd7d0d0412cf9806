import { fault, type JsonObject } from '#libs/kernel';
import type { Directory, PersonRights } from '#libs/ports/directory';

import type { ChatRoom } from '../chat-documents.js';
import { onePerson, type ChatPerson } from '../chat-reader.js';
import { NOBODY } from '../mongodb-directory.js';
import type { RestRocketchatDirectoryOptions } from '../options.js';
import { isShown, withParents, type ChatRooms } from '../room-rules.js';
import { hasMembers, meantIds, staffNames } from '../staff-of-chat.js';
import { failedAs, isRefusal, rocketchatClient, type RocketchatClient } from './client.js';
import { roomsOfBot } from './rooms-of-bot.js';

const AT_ONCE = 8;

/**
 * Who may read what, asked of the chat's API at each question: of the rooms that the bot is in, those that the person is
 * a member of. What is not answered in time is denied. It is stricter than the chat: an open channel is for its members,
 * and a room with attributes is for nobody. The API says neither who could join nor what attributes somebody has.
 */
export const restRocketchatDirectory = (options: RestRocketchatDirectoryOptions): Directory => {
  const { patienceMs = 1_000 } = options;
  const client = rocketchatClient(options);
  return {
    async rightsOf(name) {
      if (name === '' || !name.isWellFormed()) return NOBODY;
      const deadline = deadlineIn(patienceMs);
      try {
        const found = Promise.all([findByRest(client, name), roomsOfBot(client)]);
        const [person, rooms] = await deadline.hold(found);
        if (person === undefined) return NOBODY;
        return await rightsByRest(client, { person, rooms, deadline }, options);
      } catch (error) {
        throw failedAs('DIRECTORY_UNAVAILABLE', error);
      } finally {
        deadline.clear();
      }
    },

    rightsInRoom: () => Promise.resolve(undefined),

    async reach() {
      const deadline = deadlineIn(patienceMs);
      try {
        await deadline.hold(roomsOfBot(client));
      } catch (error) {
        throw failedAs('DIRECTORY_UNAVAILABLE', error);
      } finally {
        deadline.clear();
      }
    },
  };
};

interface Deadline {
  readonly isOver: () => boolean;
  /** Throws when it is over first. */
  readonly hold: <T>(work: Promise<T>) => Promise<T>;
  readonly clear: () => void;
}

const deadlineIn = (ms: number): Deadline => {
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isOver = true;
      reject(fault('DIRECTORY_UNAVAILABLE', { details: { reason: 'no answer in time' } }));
    }, ms);
  });
  // Nobody may be waiting for it any more.
  late.catch(() => undefined);
  return {
    isOver: () => isOver,
    hold: (work) => Promise.race([work, late]),
    clear: () => clearTimeout(timer),
  };
};

/** By the id of the account or by user name: the API finds nobody by an address. */
const findByRest = async (
  client: RocketchatClient,
  name: string,
): Promise<ChatPerson | undefined> => {
  const results = await Promise.all([
    client.ask('users.info', { userId: name }),
    client.ask('users.info', { username: name }),
  ]);
  const found = new Map<string, JsonObject>();
  for (const result of results) {
    if (isRefusal(result)) {
      if (result.refused === 'forbidden') throw fault('PROVIDER_API_FORBIDDEN');
      continue;
    }
    const user = result.body['user'] as JsonObject | undefined;
    // A server that looks up names more loosely than we do has found somebody else.
    if (user !== undefined && (user['_id'] === name || user['username'] === name))
      found.set(JSON.stringify(user['_id']), user);
  }
  return onePerson([...found.values()]);
};

interface RestQuestion {
  readonly person: ChatPerson;
  readonly rooms: ChatRooms;
  readonly deadline: Deadline;
}

const rightsByRest = async (
  client: RocketchatClient,
  { person, rooms, deadline }: RestQuestion,
  options: RestRocketchatDirectoryOptions,
): Promise<PersonRights> => {
  const all = [...rooms.values()];
  const named = staffNames(options.staff);
  const staffRooms = meantIds(named.rooms, all.filter(hasMembers));
  const shown = all.filter((room) => isReadByMembers(room, rooms, options));
  const wanted = new Set([...staffRooms, ...shown.flatMap((room) => readThrough(room, rooms))]);
  const joined = await membershipsIn([...wanted], { client, person, deadline });
  return {
    rooms: shown
      .filter((room) => readThrough(room, rooms).some((id) => joined.has(id)))
      .map(({ id }) => id)
      .sort(),
    groups: [...person.roles].sort(),
    isStaff:
      person.roles.some((role) => named.roles.includes(role)) ||
      [...staffRooms].some((id) => joined.has(id)),
  };
};

/** What cannot be told from here is denied: attributes, and what a parent says that the bot does not see. */
const isReadByMembers = (
  room: ChatRoom,
  rooms: ChatRooms,
  limits: RestRocketchatDirectoryOptions,
): boolean => {
  const chain = withParents(room, rooms);
  return (
    isShown(room, rooms, limits) &&
    chain.every(({ parent }) => parent === undefined || rooms.has(parent)) &&
    chain.every((each) => each.attributes.length === 0 && !each.hasUnreadableAttributes)
  );
};

/** The rooms of which a membership opens it. */
const readThrough = (room: ChatRoom, rooms: ChatRooms): readonly string[] =>
  withParents(room, rooms).map(({ id }) => id);

const membershipsIn = async (
  wanted: readonly string[],
  {
    client,
    person,
    deadline,
  }: { client: RocketchatClient; person: ChatPerson; deadline: Deadline },
): Promise<ReadonlySet<string>> => {
  const joined = new Set<string>();
  const waiting = wanted.values();
  const askOn = async (): Promise<void> => {
    for (const roomId of waiting) {
      if (deadline.isOver()) return;
      const asked = client.ask('rooms.isMember', { roomId, userId: person.id });
      // A room that is not answered for is no room of this person, now.
      const result = await asked.catch(() => undefined);
      if (deadline.isOver() || result === undefined || isRefusal(result)) continue;
      if (result.body['isMember'] === true) joined.add(roomId);
    }
  };
  const everybody = Promise.all(Array.from({ length: AT_ONCE }, askOn));
  await deadline.hold(everybody).catch(() => undefined);
  return new Set(joined);
};
