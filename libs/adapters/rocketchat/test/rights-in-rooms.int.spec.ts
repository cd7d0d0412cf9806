import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { ChatDatabase } from '#libs/adapters/rocketchat';
import type { JsonObject } from '#libs/kernel';
import type { Directory, RoomRights } from '#libs/ports/directory';
import { databaseName, describePeer } from '#libs/testing';

import {
  defaultPermissions,
  openChat,
  type ChatDocuments,
  type OpenChat,
} from './chat-on-mongodb.js';
import { changed, numbersFrom, PEOPLE, randomChange, randomChat, userName } from './random-chat.js';
import { SlowOracle, type OracleRights } from './slow-oracle.js';

/** Each company is asked a quarter of 4,000 questions. */
const SEEDS = [20_261_201, 5, 51, 8_191];
const QUESTIONS = 4_000 / SEEDS.length;
const AT_ONCE = 50;
const STAFF = ['user', 'n1'];

interface Tally {
  questions: number;
  /** Of a room with several readers, who share more than this one. */
  shared: number;
  staff: number;
  alone: number;
  refused: number;
  readonly wrong: Set<string>;
}

const comparable = (rights: RoomRights | undefined): OracleRights | 'none' => {
  if (rights === undefined) return 'none';
  const { rooms, groups, isStaff, isForOne } = rights;
  return { rooms, groups: [...groups].sort(), isStaff, isForOne };
};

const counted = (tally: Tally, rights: RoomRights | undefined): void => {
  tally.questions++;
  if (rights === undefined) tally.refused++;
  else if (rights.isForOne) tally.alone++;
  else if (rights.rooms.length > 1) tally.shared++;
  if (rights?.isStaff === true && !rights.isForOne) tally.staff++;
};

describePeer('mongodb', 'what all readers of a room may read', (peer) => {
  let open: OpenChat;

  beforeAll(async () => {
    const { url } = await peer.shared();
    open = await openChat(url, databaseName());
  });

  afterAll(() => open.close());

  const ask = async (
    chat: ChatDocuments,
    oracle: SlowOracle,
    { directory, tally, pick }: { directory: Directory; tally: Tally; pick: (n: number) => number },
  ): Promise<void> => {
    const oneRoom = (): JsonObject =>
      chat.rocketchat_room[pick(chat.rocketchat_room.length)] as JsonObject;
    const asked = Array.from({ length: AT_ONCE }, () => {
      const name = userName(pick(PEOPLE));
      // Mostly one that the person reads, for the others have one answer.
      const some = Array.from({ length: 8 }, oneRoom);
      return { name, room: some.find((room) => oracle.mayAskIn(name, room)) ?? oneRoom() };
    });
    const answers = await Promise.all(
      asked.map(({ name, room }) => directory.rightsInRoom(room['_id'] as string, name)),
    );
    for (const [i, { name, room }] of asked.entries()) {
      const [given, should] = [
        JSON.stringify(comparable(answers[i])),
        JSON.stringify(oracle.inRoom(name, room, STAFF) ?? 'none'),
      ];
      if (given !== should)
        tally.wrong.add(`${name} in ${JSON.stringify(room)}: ${given}, and not ${should}`);
      counted(tally, answers[i]);
    }
  };

  it.each(SEEDS)(
    'is what an oracle says of each of them, no more and no less: company %i',
    async (seed) => {
      const pick = numbersFrom(seed);
      const tally: Tally = {
        ...{ questions: 0, shared: 0, staff: 0, alone: 0, refused: 0 },
        wrong: new Set(),
      };
      let chat = randomChat(pick);
      while (tally.questions < QUESTIONS) {
        // A new company now and then: changes of one seldom let all people into a room.
        if (tally.questions % 200 === 0) await open.fill((chat = randomChat(pick)));
        const options = { direct: pick(2) === 0, livechat: pick(2) === 0 };
        const directory = open.directory({ ...options, staff: ['user', 'room:n1'] });
        for (let changes = pick(4); changes > 0; changes--) {
          const change = randomChange(pick);
          chat = changed(chat, change);
          await (change.to ? open.put(change.in, change.to) : open.remove(change.in, change.id));
        }
        await ask(chat, new SlowOracle(chat, options), { directory, tally, pick });
      }
      expect(tally.wrong).toEqual(new Set());
      // Of each sort enough to go wrong.
      const { shared, staff, alone, refused } = tally;
      expect(Math.min(shared, staff, refused)).toBeGreaterThan(QUESTIONS / 200);
      expect(alone).toBeGreaterThan(0);
    },
  );

  describe('in a chat of many', () => {
    const PERSON = { type: 'user', active: true, roles: ['user'] };
    const many = <T>(count: number, make: (i: number) => T): T[] =>
      Array.from({ length: count }, (_, i) => make(i));

    /** Open channels for all, groups of five, and one group of a tenth of the people. */
    const companyOf = (size: number): ChatDocuments => {
      const joined = (rid: string, i: number) => ({
        ...{ _id: `${rid}-u${i}`, rid, u: { _id: `u${i}` } },
      });
      return {
        users: many(size, (i) => ({ ...PERSON, _id: `u${i}`, username: `u${i}` })),
        rocketchat_room: [
          ...many(size, (i) => ({ _id: `r${i}`, t: i % 2 === 0 ? 'c' : 'p', name: `r${i}` })),
          { _id: 'tenth', t: 'p', name: 'tenth' },
        ],
        rocketchat_subscription: [
          ...many(size, (i) => many(5, (more) => joined(`r${i}`, (i + more) % size))).flat(),
          ...many(size / 10, (i) => joined('tenth', i)),
        ],
        rocketchat_permissions: defaultPermissions(),
        rocketchat_roles: [],
        rocketchat_team: [],
        rocketchat_team_member: [],
      };
    };

    it('takes a few queries, as in one of a few', async () => {
      let queries = 0;
      const watched: ChatDatabase = {
        reading: (patienceMs, read) =>
          open.database.reading(patienceMs, (find) =>
            read((query) => {
              queries++;
              return find(query);
            }),
          ),
      };
      const directory = open.directory({ database: watched, staff: ['room:tenth'] });
      const counts: number[] = [];
      for (const size of [80, 2_000]) {
        await open.fill(companyOf(size));
        queries = 0;
        const inHall = await directory.rightsInRoom('r0', 'u0');
        expect(inHall).toMatchObject({ isForOne: false, isStaff: false });
        expect(inHall?.rooms).toHaveLength(size / 2);
        counts.push(queries);
        queries = 0;
        const inTenth = await directory.rightsInRoom('tenth', 'u0');
        expect(inTenth).toMatchObject({ isForOne: false, isStaff: true });
        expect(inTenth?.rooms).toHaveLength(size / 2 + 1);
        counts.push(queries);
      }
      // A few more where many readers share a group that not all of them are in.
      expect(Math.max(...counts)).toBeLessThanOrEqual(18);
    });
  });
});
