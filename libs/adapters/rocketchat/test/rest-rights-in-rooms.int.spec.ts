import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { JsonObject } from '#libs/kernel';
import type { RoomRights } from '#libs/ports/directory';

import { BOT, openRestChat, type OpenRestChat } from './chat-by-rest.js';
import type { ChatDocuments } from './chat-on-mongodb.js';
import { numbersFrom, PEOPLE, randomChat, userName } from './random-chat.js';
import { SlowOracle, type OracleRights } from './slow-oracle.js';

const COMPANIES = 30;
const QUESTIONS = 40;
const AT_ONCE = 10;
const STAFF = ['admin', 'n1'];

type Numbers = (below: number) => number;

/** Without accounts that only a database shows to somebody who is not in their room. */
const companyOf = (pick: Numbers): ChatDocuments => {
  const chat = randomChat(pick);
  const reads = (role: unknown): boolean => role === 'user' || role === 'guest';
  return {
    ...chat,
    users: chat.users.map((user) => {
      const roles = user['roles'] as string[];
      return {
        ...user,
        active: user['active'] !== false,
        type: user['type'] === 'unknown' ? 'user' : (user['type'] as string),
        roles: roles.some(reads) ? roles : [...roles, pick(4) === 0 ? 'guest' : 'user'],
      };
    }),
  };
};

const sharesMore = (given: RoomRights, should: OracleRights): boolean =>
  given.rooms.some((each) => !should.rooms.includes(each)) ||
  given.groups.some((each) => !should.groups.includes(each)) ||
  (given.isStaff && !should.isStaff) ||
  (given.isForOne && !should.isForOne);

describe('what all readers of a room may read, by the API', () => {
  let open: OpenRestChat;

  beforeAll(async () => {
    open = await openRestChat();
  });

  afterAll(() => open.close());

  const fill = (chat: ChatDocuments, pick: Numbers): void => {
    const { state } = open.fake;
    for (const collection of [state.users, state.rooms, state.teams, state.teamMembers])
      collection.clear();
    state.subscriptions.length = 0;
    open.addBot('bot');
    const put = (all: readonly JsonObject[], into: { set(id: string, to: JsonObject): void }) => {
      for (const each of all) into.set(each['_id'] as string, each);
    };
    put(chat.users, state.users);
    put(chat.rocketchat_room, state.rooms);
    put(chat.rocketchat_team, state.teams);
    put(chat.rocketchat_team_member, state.teamMembers);
    state.subscriptions.push(...chat.rocketchat_subscription);
    for (const { _id } of chat.rocketchat_room) if (pick(5) > 0) state.join(BOT, _id as string);
  };

  it('is never more than an oracle says of each of them', async () => {
    const pick = numbersFrom(20_261_201);
    const tally = { answered: 0, shared: 0, alone: 0, staff: 0, leaks: new Set<string>() };
    for (let company = 0; company < COMPANIES; company++) {
      const chat = companyOf(pick);
      fill(chat, pick);
      const options = { direct: pick(2) === 0, livechat: pick(2) === 0 };
      const oracle = new SlowOracle(chat, options);
      const directory = open.directory({ ...options, staff: ['admin', 'room:n1'] });
      for (let asked = 0; asked < QUESTIONS; asked += AT_ONCE)
        await Promise.all(
          Array.from({ length: AT_ONCE }, async () => {
            const name = userName(pick(PEOPLE));
            const room = chat.rocketchat_room[pick(chat.rocketchat_room.length)] as JsonObject;
            const should = oracle.inRoom(name, room, STAFF);
            const given = await directory.rightsInRoom(room['_id'] as string, name);
            if (given === undefined) return;
            tally.answered++;
            if (should === undefined || sharesMore(given, should))
              tally.leaks.add(
                `${name} in ${JSON.stringify(room)}: ${JSON.stringify([given, should])}`,
              );
            if (given.isForOne) tally.alone++;
            else if (given.rooms.length > 1) tally.shared++;
            if (given.isStaff) tally.staff++;
          }),
        );
    }
    expect(tally.leaks).toEqual(new Set());
    // Of rooms in which nothing is given, nothing could leak.
    for (const sort of ['answered', 'shared', 'alone', 'staff'] as const)
      expect([sort, tally[sort] > 0]).toEqual([sort, true]);
  });
});
