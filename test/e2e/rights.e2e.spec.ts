import { readFileSync } from 'node:fs';

import { guesty } from '#libs/providers/guesty';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { AskingWorld, type ShownAnswer } from './harness/asking-world.js';
import { deliver, until } from './harness/outside.js';
import { signedPost } from './harness/providers.js';

const QUESTION = 'Where does the silver key hang?';
/** In the note alone, and in what quotes it. */
const MARK = 'zephyrquill';
const PAYMENT = 'payment/guesty.main.66f0000000000000000000a1';
const PAID = 'What did Quillon pay with the card?';

const world = new AskingWorld();
let removed = '';

const write = async (name: string): Promise<string> => {
  const text = `# Keys\n\nThe silver key hangs behind the ${MARK} curtain of the ${name}.\n`;
  const { status, json } = await world.as('operator').post('/api/notes', { name, text });
  expect(status).toBeLessThan(300);
  return `note/${(json as { note: string }).note}`;
};

const pay = async (): Promise<void> => {
  const path = new URL('../fixtures/guesty/payments.received.json', import.meta.url);
  const text = readFileSync(path, 'utf8').replace('Maya Osei', 'Quillon Payer');
  const { status } = await deliver(world.url(), await signedPost(guesty, text));
  expect(status).toBe(200);
};

/** What people are shown where they look: search by words, a question, lists and their own dialogues. */
const shownTo = async (name: 'anna' | 'ben', text: string): Promise<string> => {
  const viewer = world.as('viewer', name);
  const answers = [
    await world.askAs(name, text),
    await viewer.get('/api/records/note?limit=200'),
    await viewer.get('/api/records/payment?limit=200'),
    await viewer.get('/api/records/question?limit=200'),
    await viewer.get('/api/dialogues'),
    await viewer.get('/api/facts?limit=200'),
  ];
  return answers.map((answer) => answer.text).join('\n');
};

const eraseNow = async (target: string): Promise<{ readonly streams: readonly string[] }> => {
  const admin = world.as('admin');
  const plan = await admin.post('/api/erasures', { target, confirm: false });
  const { json } = await admin.post('/api/erasures', { target, confirm: true });
  expect(json).toMatchObject({ erased: true, refolded: true, looked: { left: [] } });
  expect((json as { streams: string[] }).streams).toEqual(
    expect.arrayContaining((plan.json as { streams: string[] }).streams),
  );
  return json;
};

beforeAll(async () => {
  world.let({ anna: { groups: ['finance'] }, ben: {} });
  await world.start();
}, 60_000);
afterAll(() => world.dispose(), 30_000);

describe('what somebody writes down', () => {
  it('answers a question seconds later, and no question once it is taken away', async () => {
    const note = await write('attic');
    removed = note;
    const asked = Date.now();
    const answer = await world.answered('ben', QUESTION, note);
    expect(Date.now() - asked).toBeLessThan(30_000);
    expect(answer.answer).toContain(MARK);
    expect(
      (await world.as('operator').delete(`/api/${note.replace('note/', 'notes/')}`)).status,
    ).toBe(200);
    await until('the note is out of answers', async () => {
      const { text } = await world.askAs('ben', QUESTION);
      return !text.includes(MARK);
    });
    const again = await world.as('viewer', 'ben').get(`/api/questions/${answer.id}`);
    expect(again.text).not.toContain(MARK);
    expect((again.json as ShownAnswer).outcome).toBe('withdrawn');
  }, 60_000);

  it('is found by nobody once it is erased, nor what was answered from it, in no byte of any file', async () => {
    const notes = [await write('cellar'), await write('garden')];
    for (const note of notes) await world.answered('anna', QUESTION, note);
    const answers = await Promise.all(
      ['anna', 'ben'].map((name) => shownTo(name as 'anna', QUESTION)),
    );
    expect(answers.every((text) => text.includes(MARK))).toBe(true);
    expect(world.filesWith(MARK)).not.toEqual([]);
    for (const note of [removed, ...notes]) {
      const { streams } = await eraseNow(note);
      expect(streams.some((stream) => stream.startsWith('dialogue/'))).toBe(true);
    }
    for (const name of ['anna', 'ben'] as const)
      expect(await shownTo(name, QUESTION)).not.toContain(MARK);
    // The write-ahead logs are cut once a minute.
    await until('the word stands in no file', async () => world.filesWith(MARK).length === 0);
  }, 60_000);
});

describe('a kind for one group', () => {
  it('answers who is in it, and nobody else, whatever their role', async () => {
    await pay();
    await world.answered('anna', PAID, PAYMENT);
    for (const role of ['viewer', 'operator', 'admin'] as const) {
      const ben = world.as(role, 'ben');
      const { text } = await ben.post('/api/questions', { text: PAID });
      expect(text).not.toContain('591.50');
      expect(text).not.toContain(PAYMENT);
      expect((await ben.get(`/api/records/${PAYMENT}`)).status).toBe(404);
    }
  }, 60_000);

  it('is gone for who leaves the group, at the next question, with what was answered before', async () => {
    const before = await world.answered('anna', PAID, PAYMENT);
    world.let({ anna: {}, ben: {} });
    expect((await world.askAs('anna', PAID)).text).not.toContain(PAYMENT);
    const anna = world.as('viewer', 'anna');
    expect((await anna.get(`/api/questions/${before.id}`)).json).toMatchObject({
      outcome: 'withdrawn',
      citations: [],
    });
    world.let({ anna: { groups: ['finance'] }, ben: {} });
    await world.answered('anna', PAID, PAYMENT);
  }, 60_000);

  it('lets an administrator ask in the place of another, and nobody else', async () => {
    const asAnna = { text: PAID, as: 'anna' };
    const admin = await world.as('admin', 'ben').post('/api/questions', asAnna);
    expect(admin.text).toContain(PAYMENT);
    const operator = await world.as('operator', 'ben').post('/api/questions', asAnna);
    expect(operator.status).toBe(403);
    const kept = (admin.json as ShownAnswer).id;
    const later = await world.as('admin', 'ben').get(`/api/questions/${kept}`);
    expect(later.text).not.toContain(PAYMENT);
  }, 60_000);

  it('is there for nobody while the directory cannot be read', async () => {
    world.let([]);
    for (const name of ['anna', 'ben'] as const) {
      const { status, json } = await world.askAs(name, QUESTION);
      expect([status, (json as { code: string }).code]).toEqual([503, 'DIRECTORY_UNAVAILABLE']);
    }
    world.let({ anna: { groups: ['finance'] }, ben: {} });
  }, 30_000);
});

describe('an erasure that a kill -9 interrupts', () => {
  it('is done when the platform is back, and nobody finds what was erased', async () => {
    const note = await write('tower');
    await world.answered('ben', QUESTION, note);
    const erasing = world.as('admin').post('/api/erasures', { target: note, confirm: true });
    await until('the erasure is in the log', async () => {
      const { text } = await world
        .as('admin')
        .get('/api/facts?type=log.stream.erased.v1&limit=200');
      return text.includes(note);
    });
    await world.kill();
    await erasing.catch(() => undefined);
    await world.start();
    await until('the note is forgotten', async () => {
      const { text } = await world.as('viewer', 'ben').get('/api/records/note?limit=200');
      return !text.includes(MARK);
    });
    await eraseNow(note);
    for (const name of ['anna', 'ben'] as const)
      expect(await shownTo(name, QUESTION)).not.toContain(MARK);
  }, 120_000);
});
