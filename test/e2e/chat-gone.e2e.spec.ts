import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { describePeer } from '#libs/testing';

import {
  ChatWorld,
  MAYA,
  message,
  OPS,
  recordOf,
  type ChatAnswer,
  type ChatDocument,
} from './harness/chat-world.js';
import { long } from './harness/killing.js';
import { until } from './harness/outside.js';

/** A word that stands in one message alone, and what is asked. */
const said = (thing: string, word: string) => ({
  text: `The ${thing} hangs behind the ${word} curtain.`,
  question: `Where does the ${thing} hang?`,
  word,
});

/** How somebody takes a message away there, by name and id. */
const ways: Readonly<Record<string, (world: ChatWorld, _id: string) => Promise<unknown>>> = {
  deleted: ({ messages }, _id) => messages.deleteOne({ _id }),
  hidden: ({ messages }, _id) => messages.updateOne({ _id }, { $set: { _hidden: true } }),
  emptied: ({ messages }, _id) =>
    messages.updateOne({ _id }, { $set: { t: 'rm', msg: '', md: [], attachments: [] } }),
};

const BULK = long ? 50_000 : 5_000;

describePeer('mongodb', 'what is taken away in the chat', (mongodb) => {
  let world: ChatWorld;

  beforeAll(async () => {
    world = await ChatWorld.open((await mongodb.shared()).url);
  }, 120_000);
  afterAll(() => world.dispose());

  const outOfAnswers = (question: string, word: string) =>
    until(`${word} is out of answers`, async () => {
      const { text } = await world.ask(MAYA, question);
      return !text.includes(word);
    });
  /** The streams of all erasures so far. */
  const erased = async (): Promise<ReadonlySet<string>> => {
    const streams = new Set<string>();
    for (let after = ''; ;) {
      const asked = `/api/facts?type=log.stream.erased.v1&limit=200${after}`;
      const { json } = await world.as('admin').get(asked);
      const { items, next } = json as {
        items: { data: { streams: string[] } }[];
        next?: string | null;
      };
      for (const { data } of items) for (const stream of data.streams) streams.add(stream);
      if (!next) return streams;
      after = `&after=${encodeURIComponent(next)}`;
    }
  };
  const isErased = (id: string) =>
    until(`${id} is erased`, async () => (await erased()).has(recordOf(id)));

  it.each(Object.entries(ways))(
    'is out of answers, and nothing of it or of what quoted it is left: %s',
    async (way, takeAway) => {
      const { text, question, word } = said(`${way} key`, `zephyr${way}quill`);
      const id = `${way}Message000001`;
      await world.messages.insertOne(message(id, text));
      const before = await world.answered(MAYA, question, id);
      expect(before.answer).toContain(word);
      await takeAway(world, id);
      await outOfAnswers(question, word);
      await isErased(id);
      const again = await world.as('viewer', MAYA.username).get(`/api/questions/${before.id}`);
      expect((again.json as ChatAnswer).outcome).toBe('withdrawn');
      expect(again.text).not.toContain(word);
      expect((await erased()).has(`dialogue/${before.id}`)).toBe(true);
      const record = await world.record(id);
      expect(record).toMatchObject({ deleted: true });
      expect(record).not.toHaveProperty('text');
      const admin = world.as('admin');
      const facts = await admin.get('/api/facts?limit=200');
      expect(facts.text).not.toContain(word);
      // The log of writes and the bus are cut once a minute.
      await world.platform.tidy();
      await until(`${word} is in no file`, async () => world.filesWith(word).length === 0);
    },
  );

  it('is readable when somebody writes it again under the same id', async () => {
    const { text, question } = said('deleted key', 'quillagain');
    await world.messages.insertOne(message('deletedMessage000001', text));
    const { answer } = await world.answered(MAYA, question, 'deletedMessage000001');
    expect(answer).toContain('quillagain');
  });

  it('is out of answers and keeps its key when its room is not followed any more', async () => {
    const { text, question, word } = said('room key', 'zephyrroomquill');
    await world.messages.insertOne(message('roomMessage000001', text));
    await world.answered(MAYA, question, 'roomMessage000001');
    const bot = (await world.members.findOneAndDelete({
      rid: OPS,
      'u.username': 'askdesk.bot',
    })) as ChatDocument;
    await outOfAnswers(question, word);
    expect((await erased()).has(recordOf('roomMessage000001'))).toBe(false);
    await world.members.insertOne(bot);
    await world.answered(MAYA, question, 'roomMessage000001');
  });

  it('is out of answers and erased when one command deletes all of a room', async () => {
    const many = Array.from({ length: BULK }, (_, i) =>
      message(`bulk${i}`, `Flat ${i} was cleaned by the quillbulk crew.`, {
        ts: new Date(Date.UTC(2026, 9, 1) + i * 1000),
      }),
    );
    await world.messages.insertMany(many);
    await until('the last of them is a record', async () => world.record(`bulk${BULK - 1}`));
    await world.messages.deleteMany({ _id: { $regex: '^bulk' } });
    await until('the last is gone', async () => {
      const record = await world.record(`bulk${BULK - 1}`);
      return record?.['deleted'] === true;
    });
    await outOfAnswers('Who cleaned flat 17?', 'quillbulk');
    const streams = many.map(({ _id }) => recordOf(_id));
    await until('all are erased', async () => {
      const all = await erased();
      return streams.every((stream) => all.has(stream));
    });
  });

  it('is kept where the collection is dropped, until somebody confirms', async () => {
    const { text, question, word } = said('dropped key', 'zephyrdropquill');
    const kept = Array.from({ length: 30 }, (_, i) => `dropped${i}`);
    await world.messages.insertMany(
      kept.map((id, i) => message(id, i === 0 ? text : `Kettle ${i} was repaired.`)),
    );
    await world.answered(MAYA, question, 'dropped0');
    await until('all are there', async () => world.record('dropped29'));
    await world.messages.drop();
    await world.messages.insertOne(message('afterTheDrop', 'Nothing but this came back.'));
    await outOfAnswers(question, word);
    await until('a mass deletion waits', async () => (await world.feed('chat_message'))['waiting']);
    const streams = await erased();
    expect(kept.filter((id) => streams.has(recordOf(id)))).toEqual([]);
    const { status } = await world.as('operator').post('/api/capture/chat_message/confirm');
    expect(status).toBeLessThan(300);
    await until('nothing waits', async () => !(await world.feed('chat_message'))['waiting']);
  });
});
