import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { systemClock } from '#libs/kernel';
import type { FakeRocketchat as ChatFake } from '#libs/testing';

import { DemoPlatform } from '../eval/demo-platform.js';
import { BOT, StaffChat, type AskedInRoom, type ShownAnswer } from '../rooms/staff-chat.js';
import { atLeast, atMost, percentile, type Bench, type Measured } from './figure.js';
import { ZipfWords } from './index/zipf-passages.js';
import { ReadingModel } from './model/reading-model.js';

/** By its path: the door of the testing library leads through Jest, which is not here. */
const { FakeRocketchat } = (await import(
  new URL('../../libs/testing/src/fakes/rocketchat/fake-rocketchat.js', import.meta.url).href
)) as { FakeRocketchat: typeof ChatFake };

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

const settingsFor = (model: string, chat: StaffChat): Readonly<Record<string, string>> => ({
  ...chat.settings,
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

const figuresOf = (all: readonly AnsweredInRoom[]): Measured => {
  const alone = all.filter(({ answers }) => answers.length === 1).length;
  const edits = Math.max(...all.flatMap(({ answers }) => answers.map((one) => one.edits.length)));
  const who = `${ASKERS} askers`;
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

export const rooms: Bench = {
  name: 'rooms',
  means:
    'a colleague asks in the chat: webhook → placeholder → first sentence → complete, with a model as fast as Groq that looks twice, for 20 askers',
  run: async ({ progress }) => {
    const reading = await ReadingModel.start(LOOKING_STEPS, TOKENS);
    const fake = await FakeRocketchat.start({
      ...{ clock: systemClock, userId: BOT.id, authToken: BOT.token },
    });
    const chat = new StaffChat(fake, ASKERS);
    try {
      progress('the demo company comes in');
      const platform = await DemoPlatform.start(() => undefined, settingsFor(reading.url, chat));
      try {
        chat.announceTo(platform.url);
        const random = new ZipfWords(5);
        const asked = questions();
        await askedInRoom(chat, asked.slice(0, WARM_UP), (i) => i * 1_000);
        progress(`${ASKERS} askers for ${ASKING_MS / 1000} s`);
        const count = (ASKERS * ASKING_MS) / EACH_MS;
        const many = Array.from({ length: count }, (_, i) => asked[i % asked.length] ?? '');
        return figuresOf(await askedInRoom(chat, many, () => random.number(ASKING_MS)));
      } finally {
        await platform.stop();
      }
    } finally {
      await fake.close();
      reading.stop();
    }
  },
};
