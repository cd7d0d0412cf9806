import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { ChatDatabase } from '#libs/adapters/rocketchat';
import type { Directory } from '#libs/ports/directory';
import { databaseName, describePeer } from '#libs/testing';

import { openChat, type ChatDocuments, type OpenChat } from './chat-on-mongodb.js';
import {
  changed,
  numbersFrom,
  PEOPLE,
  randomChange,
  randomChat,
  userName,
  type ChatChange,
} from './random-chat.js';
import { SlowOracle, type OracleOptions } from './slow-oracle.js';

/** Four companies, each asked a quarter of 10,000 questions: one test of them all would be near the limit of a hang. */
const SEEDS = [20_261_130, 2, 77, 4_096];
const QUESTIONS = 10_000 / SEEDS.length;
const AT_ONCE = 100;

interface Tally {
  questions: number;
  readable: number;
  readonly leaks: Set<string>;
  readonly denied: Set<string>;
}

const judged = (
  chat: ChatDocuments,
  options: OracleOptions,
  { name, rooms, tally }: { name: string; rooms: readonly string[]; tally: Tally },
): void => {
  const oracle = new SlowOracle(chat, options);
  for (const room of chat.rocketchat_room) {
    const id = room['_id'] as string;
    const [given, should] = [rooms.includes(id), oracle.mayRead(name, room)];
    if (should) tally.readable++;
    if (given && !should) tally.leaks.add(`${name} reads ${JSON.stringify(room)}`);
    if (!given && should) tally.denied.add(`${name} is kept from ${JSON.stringify(room)}`);
  }
};

/** A chat so many times over, and one more person, who is in every room of it and whose discussions have private parents. */
const multiplied = (chat: ChatDocuments, times: number): ChatDocuments => {
  const ids = Array.from({ length: times * 50 }, (_, i) => `many${i}`);
  const rooms = ids.map((_id, i) => ({
    ...{ _id, t: i % 4 === 0 ? 'p' : 'c', name: _id, topic: 'x'.repeat(200) },
    ...(i % 10 === 0 && { prid: 'parent' }),
    lastMessage: { msg: 'y'.repeat(2_000) },
  }));
  const person = { type: 'user', active: true, roles: ['user'] };
  return {
    ...chat,
    users: [
      ...chat.users,
      { ...person, _id: 'reader', username: 'reader' },
      ...ids.map((id) => ({ ...person, _id: `u-${id}`, username: `u-${id}` })),
    ],
    rocketchat_room: [...chat.rocketchat_room, { _id: 'parent', t: 'p', name: 'parent' }, ...rooms],
    rocketchat_subscription: ids.map((rid) => ({ _id: `s-${rid}`, rid, u: { _id: 'reader' } })),
  };
};

describePeer('mongodb', 'rights in a chat that changes all the time', (peer) => {
  let open: OpenChat;

  beforeAll(async () => {
    const { url } = await peer.shared();
    open = await openChat(url, databaseName());
  });

  afterAll(() => open.close());

  const apply = (change: ChatChange): Promise<void> =>
    change.to ? open.put(change.in, change.to) : open.remove(change.in, change.id);

  const ask = async (
    chat: ChatDocuments,
    options: OracleOptions,
    { directory, tally, pick }: { directory: Directory; tally: Tally; pick: (n: number) => number },
  ): Promise<void> => {
    const names = Array.from({ length: AT_ONCE }, () => userName(pick(PEOPLE)));
    const answers = await Promise.all(names.map((name) => directory.rightsOf(name)));
    // Judged once each: the oracle is slow, and equal answers are as right as their first.
    const different = new Map(
      answers.map(({ rooms }, i) => [
        JSON.stringify([names[i], rooms]),
        [names[i] ?? '', rooms] as const,
      ]),
    );
    for (const [name, rooms] of different.values()) judged(chat, options, { name, rooms, tally });
    tally.questions += names.length;
  };

  it.each(SEEDS)(
    'leaks nothing and keeps nobody out: 20 people, 50 rooms, company %i',
    async (seed) => {
      const pick = numbersFrom(seed);
      const tally: Tally = { questions: 0, readable: 0, leaks: new Set(), denied: new Set() };
      let chat = randomChat(pick);
      await open.fill(chat);
      while (tally.questions < QUESTIONS) {
        const options = { direct: pick(2) === 0, livechat: pick(2) === 0 };
        const directory = open.directory(options);
        for (let changes = 1 + pick(4); changes > 0; changes--) {
          const change = randomChange(pick);
          chat = changed(chat, change);
          await apply(change);
        }
        await ask(chat, options, { directory, tally, pick });
      }
      expect(tally).toMatchObject({ leaks: new Set(), denied: new Set() });
      // Of rooms that nobody reads, nothing could leak.
      expect(tally.readable).toBeGreaterThan(QUESTIONS / 5);
    },
  );

  it('takes the same few queries of a chat of 50 rooms and of one of 2,000', async () => {
    let queries = 0;
    const counted: ChatDatabase = {
      reading: (patienceMs, read) =>
        open.database.reading(patienceMs, (find) =>
          read((query) => {
            queries++;
            return find(query);
          }),
        ),
    };
    const directory = open.directory({ database: counted, staff: ['room:n1'], direct: true });
    const [counts, found]: number[][] = [[], []];
    for (const times of [1, 40]) {
      await open.fill(multiplied(randomChat(numbersFrom(3)), times));
      queries = 0;
      const { rooms } = await directory.rightsOf('reader');
      counts?.push(queries);
      found?.push(rooms.length);
    }
    expect(counts).toEqual([9, 9]);
    expect(found?.[1]).toBeGreaterThan(1_000);
  });

  describe('two documents that change as one', () => {
    it('are never seen half', async () => {
      const pick = numbersFrom(7);
      const chat = randomChat(pick);
      const [guest, user] = [
        { _id: 'mover', username: 'mover', type: 'user', active: true, roles: ['guest'] },
        { _id: 'mover', username: 'mover', type: 'user', active: true, roles: ['user'] },
      ];
      const channel = { _id: 'hall', t: 'c', name: 'hall' };
      const permits = (...roles: string[]) => ({ _id: 'view-c-room', roles });
      await open.fill({ ...chat, users: [guest], rocketchat_room: [channel] });
      await open.put('rocketchat_permissions', permits('user'));
      const directory = open.directory();
      let isOver = false;
      const seen = new Set<number>();
      const asking = (async () => {
        while (!isOver) seen.add((await directory.rightsOf('mover')).rooms.length);
      })();
      // A guest where users may read, or a user where guests may: at no moment may the mover read.
      for (let turn = 0; turn < 60; turn++)
        await open.together([
          ['users', turn % 2 === 0 ? user : guest],
          ['rocketchat_permissions', permits(turn % 2 === 0 ? 'guest' : 'user')],
        ]);
      isOver = true;
      await asking;
      expect([...seen]).toEqual([0]);
    });
  });
});
