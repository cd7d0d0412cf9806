import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { DataFolder } from './harness/data-folder.js';
import { askEveryRoute, shownMarks, shownToWhom, wronglyAnswered } from './harness/every-route.js';
import { markedBody, marksIn } from './harness/marks.js';
import { ask, knock, Operator, until, type Answer } from './harness/outside.js';
import { POISON } from './harness/sabotage.js';
import { marksInFile, marksInRows, ofDerived, type Found } from './harness/sqlite-look.js';
import { TraceReceiver } from './harness/trace-receiver.js';
import { Watched } from './harness/watched.js';

const folder = new DataFolder();
const platform = new Watched();
const receiver = new TraceReceiver();
let token: string;
let viewer: Operator;
let operator: Operator;
const seenInRows = new Map<string, Found>();
let looking: NodeJS.Timeout;
let looks = 0;

const database = () => folder.file('innkeeper.db');
const sent: { name: string; status: number; id?: string }[] = [];

const send = async (name: string, body: string): Promise<void> => {
  const { status, json } = await knock(platform.url(), body);
  const { id } = (json ?? {}) as { id?: string };
  sent.push({ name, status, ...(id && { id }) });
};

const deadLetters = async (): Promise<{ id: string }[]> => {
  const { json } = await viewer.get('/api/dead');
  return (json as { items: { id: string }[] }).items;
};

const idle = () =>
  until('nothing waits', async () => {
    const { json } = await viewer.get('/api/doctor');
    const { consumers } = json as { consumers: { behind?: number }[] };
    return consumers.every(({ behind = 0 }) => behind === 0);
  });

const look = (): void => {
  looks += 1;
  for (const found of marksInRows(database())) seenInRows.set(JSON.stringify(found), found);
};

/** Everything a person may be in, on every way there is through the platform. */
const driveThrough = async (): Promise<void> => {
  await send(
    'poison',
    markedBody('call.commented', token, { id: 990001, event: 'call.commented' }).replace(
      'flowerpot',
      `flowerpot ${POISON}`,
    ),
  );
  for (const sample of ['call.created.inbound', 'call.ended.answered', 'call.commented'])
    await send(sample, markedBody(sample, token));
  for (const sample of [
    'contact.created',
    'contact.updated',
    'user.connected.v2',
    'number.created',
  ])
    await send(sample, markedBody(sample, token));
  await send('again', markedBody('call.commented', token));
  for (const sample of [
    ...['message.received.sms', 'message.sent.sms', 'callback.message.received.proxy-mode'],
    ...['sentiment.created', 'transcription.created', 'realtime_transcription.utterances_received'],
    ...['ended', 'escalated', 'summary'].map((step) => `ai_voice_agent.${step}`),
  ])
    await send(sample, markedBody(sample, token));
  await send('unknown event', markedBody('call.commented', token, { event: 'call.levitated' }));
  await send(
    'no call in it',
    markedBody('call.commented', token).replace('"id":4190001001', '"id":"Zephyrine Quillfeather"'),
  );
  await send('unproved', markedBody('call.commented', 'not-the-token'));
  await send('broken', markedBody('call.commented', token).slice(0, -40));
};

const readEverything = async (): Promise<Record<string, Answer>> => {
  const answers: Record<string, Answer> = {};
  const get = async (path: string): Promise<never> => {
    const answer = await viewer.get(path);
    answers[path] = answer;
    return answer.json;
  };
  const ids = async (path: string) =>
    ((await get(path)) as { items: { id: string }[] }).items.map(({ id }) => id);
  for (const list of ['/api/facts', '/api/deliveries', '/api/quarantine', '/api/dead'])
    for (const id of await ids(`${list}?limit=200`))
      if (list !== '/api/quarantine') await get(`${list}/${id}`);
  for (const { id } of sent) if (id) await get(`/api/trace/${id}`);
  for (const path of ['/api/doctor', '/openapi.json', '/', '/docs']) await get(path);
  return answers;
};

beforeAll(async () => {
  await platform.start({
    ...folder.settings,
    INNKEEPER_LOG_LEVEL: 'debug',
    INNKEEPER_TRACES_URL: await receiver.start(),
  });
  token = folder.secret('aircall-token');
  viewer = new Operator(platform.url, folder.secret('issuer'), 'viewer');
  operator = new Operator(platform.url, folder.secret('issuer'), 'operator');
  looking = setInterval(look, 50);
  await driveThrough();
  await until('the poison is a dead letter', async () => (await deadLetters()).length === 1);
  await idle();
}, 90_000);

afterAll(async () => {
  clearInterval(looking);
  await platform.dispose();
  receiver.stop();
  folder.remove();
});

describe('a person who is in everything that came in', () => {
  it('went every way there is', async () => {
    expect(sent.filter(({ status }) => status === 401).map(({ name }) => name)).toEqual([
      'unproved',
      'broken',
    ]);
    expect(sent.filter(({ status }) => status === 200).length).toBe(sent.length - 2);
    const { json } = await operator.get('/api/facts?type=intake.delivery.not_understood.v1');
    expect((json as { items: unknown[] }).items.length).toBeGreaterThanOrEqual(2);
    // And can be found by those who may: else nothing below would mean anything.
    const records = await operator.get('/api/records/contact?limit=10');
    expect(marksIn(records.text)).toEqual(expect.arrayContaining(['Zephyrine', '7700900987']));
    expect(marksIn((await operator.get('/api/facts?limit=200')).text)).toContain('Quillfeather');
  }, 30_000);

  it('is in nothing a viewer is shown but records', async () => {
    const answers = await readEverything();
    const refused = Object.entries(answers).filter(([, { status }]) => status !== 200);
    expect(refused.map(([path, { status }]) => [path, status])).toEqual([]);
    const found = Object.entries(answers).flatMap(([path, { text }]) =>
      marksIn(text).length > 0 ? [[path, marksIn(text)]] : [],
    );
    expect(found).toEqual([]);
    expect(Object.keys(answers).length).toBeGreaterThan(40);
  }, 60_000);

  it('is shown by every route of the document to those only who may see it', async () => {
    const asked = await askEveryRoute(
      platform.url,
      folder.secret('issuer'),
      'contact/aircall.main.77120045',
    );
    expect(wronglyAnswered(asked)).toEqual([]);
    expect(shownMarks(asked)).toEqual(shownToWhom);
  }, 60_000);

  it('is in no answer to a question that is wrong', async () => {
    const wrong = [
      await viewer.get('/api/records/contact?name=Zephyrine'),
      await viewer.get('/api/records/contact/Quillfeather'),
      await viewer.get('/api/records/Zephyrine'),
      await viewer.post('/api/erasures', { target: 'Zephyrine' }),
      await ask(`${platform.url()}/webhooks/oswaldine`, { method: 'POST', body: 'Zephyrine' }),
      await ask(`${platform.url()}/brackenbury?phone=7700900987`),
    ];
    expect(wrong.map(({ status }) => status).every((status) => status >= 400)).toBe(true);
    expect(wrong.flatMap(({ text }) => marksIn(text))).toEqual([]);
  }, 30_000);

  it('stays where it was when letters are redriven and records rebuilt', async () => {
    expect((await operator.post('/api/dead/redrive')).status).toBeLessThan(300);
    const asked = await operator.post('/api/rebuilds/catalog', { switch: true });
    const { id } = asked.json as { id: string };
    const state = await until('rebuilt', async () => {
      const { json } = await viewer.get(`/api/rebuilds/${id}`);
      const { state: now } = json as { state: string };
      return ['asked', 'running'].includes(now) ? undefined : now;
    });
    expect(state).toBe('switched');
    await until('it is a dead letter again', async () => (await deadLetters()).length === 1);
    platform.on('cured');
    await operator.post('/api/dead/redrive');
    await until('it is none any more', async () => (await deadLetters()).length === 0);
    await idle();
  }, 90_000);

  it('is in no metric', async () => {
    const { text, status } = await operator.get('/metrics');
    expect(status).toBe(200);
    expect(text.length).toBeGreaterThan(1000);
    expect(marksIn(text)).toEqual([]);
  });

  it('is in nothing that other services hear of facts and records', () => {
    for (const topic of ['intake.facts.v1', 'catalog.records.v1'])
      expect(platform.heard).toContain(`"topic":"${topic}"`);
    expect(marksIn(platform.heard)).toEqual([]);
  });

  it('was at no time in clear in any table but records and what intake had yet to keep', () => {
    expect(looks).toBeGreaterThan(20);
    expect([...seenInRows.values()]).toEqual([]);
  });

  it('is in no byte of any file but in pages of records, once the minute has passed', async () => {
    clearInterval(looking);
    await platform.tidy();
    await platform.stop();
    const found = marksInFile(database());
    expect(found.filter((one) => !ofDerived(one))).toEqual([]);
    // The look itself finds what is there.
    expect(found.some(ofDerived)).toBe(true);
    expect(marksInFile(folder.file('keys.db'))).toEqual([]);
  }, 30_000);

  it('is in no line of any log, at any level, and in no trace', () => {
    expect(platform.printed).toContain('"level":"debug"');
    expect(platform.printed).toContain('"event":"message.failed"');
    expect(marksIn(platform.printed)).toEqual([]);
    expect(platform.printed).not.toContain(token);
    // Sent as it is, so that looking into it means something.
    expect(receiver.received.includes('project catalog')).toBe(true);
    expect(marksIn(receiver.received)).toEqual([]);
    expect(receiver.received.includes(token)).toBe(false);
  });
});
