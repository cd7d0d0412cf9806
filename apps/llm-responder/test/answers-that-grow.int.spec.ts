import type { JsonObject } from '#libs/kernel';
import { FakeChat, readingScript } from '#libs/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { runResponder, told, type RunningResponder, type ToldEvent } from './running-responder.js';

const NOTE = 'note/notes.fuse';
const QUESTION = 'Where is the fuse box?';
const SENTENCES = [
  'The fuse box of the loft is behind the blue door [1].',
  'The spare fuses lie on top of the fuse box [1].',
];

const chat = new FakeChat('openai');
let responder: RunningResponder;

beforeAll(async () => {
  await chat.start();
  responder = await runResponder({
    INNKEEPER_CHAT_MODEL_KIND: 'openai',
    INNKEEPER_CHAT_MODEL_URL: chat.url,
    INNKEEPER_CHAT_MODEL_NAME: 'the-model',
    INNKEEPER_ANSWERS_FIRST_WORD_MS: '20000',
    INNKEEPER_ANSWERS_WHOLE_MS: '60000',
  });
  await responder.tell(
    told('listing/guesty.main.loft', { listing: 'guesty.main.loft', nickname: 'Harbour Loft' }, {}),
    told(
      NOTE,
      { note: 'notes.fuse', listing: 'guesty.main.loft' },
      {
        title: 'Fuse box',
        text: 'The fuse box of the loft is behind the blue door. The spare fuses lie on top of the fuse box.',
      },
    ),
  );
}, 60_000);
beforeEach(() => {
  chat.script = readingScript();
  chat.pace = undefined;
});
afterAll(async () => {
  await responder.stop();
  await chat.stop();
});

const json = async (key: string, body: object = { text: QUESTION }): Promise<JsonObject> =>
  (await responder.ask('viewer', '/api/questions', { body, key })).body;

const eventsOf = async (key?: string, body: object = { text: QUESTION }) => {
  const events: ToldEvent[] = [];
  for await (const event of responder.askAsItGrows(body, key)) events.push(event);
  return events;
};

describe('an answer that grows', () => {
  it('tells sources before the sentence that names them, and at last the answer as it is kept', async () => {
    const events = await eventsOf('grows');
    expect(events.map(({ event }) => event)).toEqual([
      ...['sources', 'sentence', 'sources', 'sentence'],
      'answer',
    ]);
    expect(events[0]?.data).toMatchObject({
      citations: [{ record: NOTE, name: 'Fuse box', link: expect.stringMatching(/^\/r\/note\//) }],
    });
    const said = events.flatMap(({ event, data }) => (event === 'sentence' ? [data.text] : []));
    expect(said).toEqual(SENTENCES);
    const answer = events.at(-1)?.data;
    expect(answer).toMatchObject({ way: 'model', answer: SENTENCES.join(' ') });
    const asked = chat.arrived.length;
    expect(await json('grows')).toEqual(answer);
    expect(chat.arrived).toHaveLength(asked);
  });

  it('is a JSON document for who does not ask for events', async () => {
    const { headers, body } = await responder.ask('viewer', '/api/questions', {
      body: { text: QUESTION },
    });
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(body).toMatchObject({ way: 'model', answer: SENTENCES.join(' ') });
  });

  it('loses nothing where the connection breaks in its middle', async () => {
    chat.pace = { firstPieceMs: 10, tokensPerSecond: 40 };
    for await (const { event, data } of responder.askAsItGrows({ text: QUESTION }, 'broken'))
      if (event === 'sentence') {
        expect(data.text).toBe(SENTENCES[0]);
        break;
      }
    const answer = await json('broken');
    expect(answer).toMatchObject({ way: 'model', answer: SENTENCES.join(' ') });
    const facts = await responder.parts.log.stream(`dialogue/${answer.id as string}`, 0, 10);
    expect(facts.map(({ type }) => type)).toEqual([
      'answering.question.asked.v1',
      'answering.question.answered.v1',
    ]);
  });

  it('says what the sources say themselves where the model is away', async () => {
    chat.refuse = () => ({ status: 503 });
    try {
      const events = await eventsOf();
      expect(events.map(({ event }) => event)).toEqual(['answer']);
      expect(events[0]?.data).toMatchObject({ outcome: 'answered', citations: [{ record: NOTE }] });
      expect(events[0]?.data.way).not.toBe('model');
      expect(events[0]?.data.answer).toMatch(/behind the blue door/);
    } finally {
      chat.refuse = () => undefined;
    }
  });

  it('ends with a problem where it cannot be given', async () => {
    const conversation = '019ad3c2-5b00-7a11-8c22-0a1b2c3d4e5f';
    const events = await eventsOf(undefined, { text: QUESTION, conversation });
    expect(events).toMatchObject([
      { event: 'problem', data: { status: 404, code: 'API_NOT_FOUND' } },
    ]);
  });
});
