import type { JsonObject } from '#libs/kernel';

import { textIn, textsIn } from '../chat-documents.js';
import { isMachine, mayAskAtAll } from '../chat-reader.js';
import { isRefusal, objectsIn, type RocketchatClient } from './client.js';
import { askEach, type Deadline } from './deadline.js';

/** Pages of a hundred: who is in a larger room cannot be told in time. */
const PAGE = 100;
const MOST_PAGES = 5;
/** Each one of them is one more call. */
const MOST_PEOPLE = 100;

export interface RestMembers {
  readonly joined: ReadonlySet<string>;
  /** Neither joined nor only invited. */
  readonly shutOut: ReadonlySet<string>;
}

/** All who have to do with a room. `undefined`: not all of them could be told. */
export const membersOf = async (
  client: RocketchatClient,
  { id, type }: { readonly id: string; readonly type: string },
): Promise<RestMembers | undefined> => {
  const call = type === 'd' ? 'im.members' : 'rooms.membersOrderedByRole';
  const found = new Map<string, JsonObject>();
  for (let page = 0; page < MOST_PAGES; page++) {
    const paging = { count: `${PAGE}`, offset: `${page * PAGE}` };
    const result = await client.ask(call, { roomId: id, ...paging });
    if (isRefusal(result)) return undefined;
    const members = objectsIn(result.body['members']);
    for (const member of members) {
      const userId = textIn(member['_id']);
      if (userId === undefined) return undefined;
      found.set(userId, member);
    }
    const { total } = result.body;
    if (members.length < PAGE)
      // People who came or went between two pages moved the others.
      return typeof total === 'number' && found.size !== total ? undefined : parted(found);
  }
  return undefined;
};

const parted = (members: ReadonlyMap<string, JsonObject>): RestMembers => {
  const [joined, shutOut] = [new Set<string>(), new Set<string>()];
  for (const [id, { subscription }] of members) {
    const [one] = objectsIn([subscription ?? null]);
    const status = one?.['status'] ?? undefined;
    if (status === undefined) joined.add(id);
    else if (status !== 'INVITED') shutOut.add(id);
  }
  return { joined, shutOut };
};

export interface RestPerson {
  readonly id: string;
  readonly roles: readonly string[];
}

export interface RestPeople {
  /** People of the house; machines and accounts that are off are left out. */
  readonly people: readonly RestPerson[];
  /** Some of them could not be told, or are nobody here. */
  readonly hasOutsiders: boolean;
}

export const peopleAmong = async (
  client: RocketchatClient,
  ids: readonly string[],
  deadline: Deadline,
): Promise<RestPeople> => {
  if (ids.length > MOST_PEOPLE) return { people: [], hasOutsiders: true };
  const users = await askEach(ids, deadline, async (userId) => {
    const result = await client.ask('users.info', { userId });
    const [user] = isRefusal(result) ? [] : objectsIn([result.body['user'] ?? null]);
    return user?.['_id'] === userId ? user : undefined;
  });
  const readers = [...users].filter(([, user]) => !isMachine(user) && user['active'] !== false);
  const known = readers.filter(([, user]) => mayAskAtAll(user));
  return {
    people: known.map(([id, user]) => ({ id, roles: textsIn(user['roles']) })),
    hasOutsiders: users.size < ids.length || known.length < readers.length,
  };
};
