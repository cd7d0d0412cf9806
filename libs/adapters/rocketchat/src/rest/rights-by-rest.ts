import { fault, type JsonObject } from '#libs/kernel';
import type { PersonRights } from '#libs/ports/directory';

import type { ChatRoom } from '../chat-documents.js';
import { onePerson, type ChatPerson } from '../chat-reader.js';
import type { ChatLimits, RestRocketchatDirectoryOptions } from '../options.js';
import { isShown, withParents, type ChatRooms } from '../room-rules.js';
import { hasMembers, meantIds, staffNames } from '../staff-of-chat.js';
import { isRefusal, type RocketchatClient } from './client.js';
import { askEach, type Deadline } from './deadline.js';

/** By the id of the account or by user name: the API finds nobody by an address. */
export const findByRest = async (
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

/** What one question knows before it asks for memberships. */
export interface RestQuestion {
  readonly client: RocketchatClient;
  readonly person: ChatPerson;
  readonly rooms: ChatRooms;
  readonly deadline: Deadline;
}

export const rightsByRest = async (
  question: RestQuestion,
  options: RestRocketchatDirectoryOptions,
): Promise<PersonRights> => {
  const { person, rooms } = question;
  const all = [...rooms.values()];
  const named = staffNames(options.staff);
  const staffRooms = meantIds(named.rooms, all.filter(hasMembers));
  const shown = all.filter((room) => isReadByMembers(room, rooms, options));
  const wanted = new Set([...staffRooms, ...shown.flatMap((room) => readThrough(room, rooms))]);
  const joined = await membershipsIn([...wanted], question);
  return {
    id: person.id,
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
export const isReadByMembers = (room: ChatRoom, rooms: ChatRooms, limits: ChatLimits): boolean => {
  const chain = withParents(room, rooms);
  return (
    isShown(room, rooms, limits) &&
    chain.every(({ parent }) => parent === undefined || rooms.has(parent)) &&
    chain.every((each) => each.attributes.length === 0 && !each.hasUnreadableAttributes)
  );
};

/** The rooms of which a membership opens it. */
export const readThrough = (room: ChatRoom, rooms: ChatRooms): readonly string[] =>
  withParents(room, rooms).map(({ id }) => id);

/** Of these rooms those that the person is in. One that is not answered for is no room of this person, now. */
const membershipsIn = async (
  wanted: readonly string[],
  { client, person, deadline }: Pick<RestQuestion, 'client' | 'person' | 'deadline'>,
): Promise<ReadonlySet<string>> => {
  const answers = await askEach(wanted, deadline, (roomId) =>
    client.ask('rooms.isMember', { roomId, userId: person.id }),
  );
  const joined = [...answers].filter(
    ([, result]) => !isRefusal(result) && result.body['isMember'] === true,
  );
  return new Set(joined.map(([room]) => room));
};
