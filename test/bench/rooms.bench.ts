import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { systemClock } from '#libs/kernel';
import type {
  ChatDocuments,
  FakeRocketchat as ChatFake,
  findPeer as FindPeer,
} from '#libs/testing';
import { MongoClient } from 'mongodb';

import { DemoPlatform } from '../eval/demo-platform.js';
import { BOT, StaffChat, type AskedInRoom, type ShownAnswer } from '../rooms/staff-chat.js';
import { atLeast, atMost, percentile, type Bench, type Measured } from './figure.js';
import { ZipfWords } from './index/zipf-passages.js';
import { ReadingModel } from './model/reading-model.js';

/** By its path: the door of the testing library leads through Jest, which is not here. */
const { FakeRocketchat } = (await import(
  new URL('../../libs/testing/src/fakes/rocketchat/fake-rocketchat.js', import.meta.url).href
)) as { FakeRocketchat: typeof ChatFake };
const { findPeer } = (await import(
  new URL('../../libs/testing/src/peers/find-peer.js', import.meta.url).href
)) as { findPeer: typeof FindPeer };

interface MirroredDocument {
  readonly _id: string;
}

const ASKERS = 20;
/** Each asks once in so long. */
const EACH_MS = 10_000;
const ASKING_MS = 40_000;
const LOOKING_STEPS = 2;
const TOKENS = 150;
const WARM_UP = 3;
/** An answer whose text stands for so long is over. */
const STILL_MS = 4_000;
const LONGEST_MS = 60_000;

const questions = (): readonly string[] =>
  readFileSync(resolve('test/fixtures/eval-demo/questions.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"group": "house"'))
    .map((line) => (JSON.parse(line) as { readonly text: string }).text);

type Settings = Readonly<Record<string, string>>;

const settingsFor = (model: string, chat: StaffChat, more: Settings): Settings => ({
  ...chat.settings,
  ...more,
  INNKEEPER_CHAT_MODEL_KIND: 'openai',
  INNKEEPER_CHAT_MODEL_URL: model,
  INNKEEPER_CHAT_MODEL_NAME: 'the-model',
  INNKEEPER_ANSWERS_PER_PERSON_DAY: '100000',
  INNKEEPER_ANSWERS_PER_ROOM_DAY: '100000',
  INNKEEPER_ANSWERS_TOKENS_PER_DAY: '100000000',
});

interface AnsweredInRoom extends AskedInRoom {
  readonly answers: readonly ShownAnswer[];
}

/** Everybody asks at a moment of their own, and the chat is looked at when nothing changes in it any more. */
const askedInRoom = async (
  chat: StaffChat,
  asked: readonly string[],
  moment: (i: number) => number,
): Promise<readonly AnsweredInRoom[]> => {
  const questionsAsked = await Promise.all(
    asked.map(async (text, i) => {
      await sleep(moment(i));
      return chat.ask(i % ASKERS, text);
    }),
  );
  await whenStill(chat, questionsAsked);
  return questionsAsked.map((one) => ({
    ...one,
    answers: chat.answersTo(one.id).flatMap(({ _id }) => chat.shown(String(_id)) ?? []),
  }));
};

const whenStill = async (chat: StaffChat, asked: readonly AskedInRoom[]): Promise<void> => {
  const end = Date.now() + LONGEST_MS;
  const isOver = (): boolean =>
    Date.now() - (chat.fake.sent.at(-1)?.at ?? 0) > STILL_MS &&
    asked.every(({ id }) => chat.answersTo(id).length > 0);
  while (!isOver() && Date.now() < end) await sleep(100);
};

const seconds = (all: readonly AnsweredInRoom[], at: (answer: ShownAnswer) => number | undefined) =>
  percentile(
    all.map(({ askedAt, answers: [answer] }) =>
      answer === undefined ? Number.POSITIVE_INFINITY : ((at(answer) ?? Infinity) - askedAt) / 1000,
    ),
    0.95,
  );

const figuresOf = (all: readonly AnsweredInRoom[], rights: string): Measured => {
  const alone = all.filter(({ answers }) => answers.length === 1).length;
  const edits = Math.max(...all.flatMap(({ answers }) => answers.map((one) => one.edits.length)));
  const who = `${ASKERS} askers, rights ${rights}`;
  return [
    atMost(
      `question in a room → placeholder, p95, ${who}`,
      seconds(all, ({ postedAt }) => postedAt),
      's',
      0.5,
    ),
    atMost(
      `question in a room → first checked sentence, p95, ${who}`,
      seconds(all, (answer) => answer.edits.at(0)?.at),
      's',
      2,
    ),
    atMost(
      `question in a room → complete, p95, ${who}`,
      seconds(all, (answer) => answer.edits.at(-1)?.at),
      's',
      5,
    ),
    atLeast(`questions with one answer, ${who}`, alone / all.length, 'of all', 1),
    atMost('edits of one answer, most', edits, '', 10),
  ];
};

interface RoomRun {
  readonly reading: ReadingModel;
  /** How it is known who may read what. */
  readonly rights: string;
  readonly progress: (text: string) => void;
  readonly documents?: ChatDocuments;
  readonly settings?: Settings;
}

const measured = async (run: RoomRun): Promise<Measured> => {
  const { reading, rights, progress, documents, settings = {} } = run;
  const fake = await FakeRocketchat.start({
    ...{ clock: systemClock, userId: BOT.id, authToken: BOT.token },
    ...(documents && { documents }),
  });
  const chat = new StaffChat(fake, ASKERS);
  try {
    await fake.written();
    progress(`the demo company comes in, rights ${rights}`);
    const all = settingsFor(reading.url, chat, settings);
    const platform = await DemoPlatform.start(() => undefined, all);
    try {
      chat.announceTo(platform.url);
      const random = new ZipfWords(5);
      const asked = questions();
      await askedInRoom(chat, asked.slice(0, WARM_UP), (i) => i * 1_000);
      progress(`${ASKERS} askers for ${ASKING_MS / 1000} s`);
      const count = (ASKERS * ASKING_MS) / EACH_MS;
      const many = Array.from({ length: count }, (_, i) => asked[i % asked.length] ?? '');
      return figuresOf(await askedInRoom(chat, many, () => random.number(ASKING_MS)), rights);
    } finally {
      await platform.stop();
    }
  } finally {
    await fake.close();
  }
};

const DATABASE = 'bench_rooms';

/** The chat writes into a real replica set, where rights are read and messages are followed. */
const measuredByDatabase = async (run: Omit<RoomRun, 'rights'>): Promise<Measured> => {
  const peer = findPeer('mongodb');
  if (!peer.found)
    return [{ name: 'rooms by the database', notRun: `${peer.reason}; ${peer.howToGet}` }];
  const set = await peer.start();
  const client = await MongoClient.connect(set.url);
  const stored = (collection: string) =>
    client.db(DATABASE).collection<MirroredDocument>(collection);
  const documents: ChatDocuments = {
    async put(collection, document) {
      const { _id, ...fields } = document as unknown as MirroredDocument;
      await stored(collection).replaceOne({ _id }, fields, { upsert: true });
    },
    async remove(collection, _id) {
      await stored(collection).deleteOne({ _id });
    },
  };
  const settings = {
    INNKEEPER_ROCKETCHAT_MONGODB_URL: set.url,
    INNKEEPER_ROCKETCHAT_MONGODB_DATABASE: DATABASE,
  };
  try {
    return await measured({ ...run, documents, settings, rights: 'by the database' });
  } finally {
    await client.close();
    await set.stop();
  }
};

export const rooms: Bench = {
  name: 'rooms',
  means:
    'a colleague asks in the chat: webhook → placeholder → first sentence → complete, with a model as fast as Groq that looks twice, for 20 askers',
  run: async ({ progress }) => {
    const reading = await ReadingModel.start(LOOKING_STEPS, TOKENS);
    try {
      return [
        ...(await measured({ reading, progress, rights: 'by the API' })),
        ...(await measuredByDatabase({ reading, progress })),
      ];
    } finally {
      reading.stop();
    }
  },
};
