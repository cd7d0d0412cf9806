import type { JsonObject, OperatorRole } from '#libs/kernel';
import { countCalls } from '#libs/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { guestySample, runApi, sample, type Answer, type RunningApi } from './running-api.js';

const PAYMENT = 'payment/guesty.main.66f0000000000000000000a1';
const NOWHERE = 'payment/guesty.main.66f0000000000000000000ff';
/**
 * The name on the card, and the amount: what nobody outside the group may read.
 * The amount has many digits, since `/metrics` is full of measured times: five digits once stood in one of them by chance.
 */
const AMOUNT = 735_197_316_842.25;
const marks = /Quillon|735197316842/;
const roles: readonly OperatorRole[] = ['viewer', 'operator', 'admin'];

const folder = mkdtempSync(join(tmpdir(), 'innkeeper-people-'));
const people = join(folder, 'people.json');
const anna = { groups: ['finance'], rooms: ['GENERAL'] };
const write = (text: object): void => writeFileSync(people, JSON.stringify(text));

let api: RunningApi;
let delivery: string;
let fact: string;
/** Every GET route that there is, filled in with what there is to ask for about the payment. */
let paths: readonly string[];

const planted = (): JsonObject => {
  const { payment, ...rest } = guestySample('payments.received') as { payment: JsonObject };
  return { ...rest, payment: { ...payment, name: 'Quillon Payer', amount: AMOUNT } };
};

const askAs = (name: string, role: OperatorRole, path: string): Promise<Answer<JsonObject>> =>
  api.ask<JsonObject>(role, path, { name });

const filledIn = async (): Promise<readonly string[]> => {
  const things: Record<string, string> = {
    '/api/records/{kind}/{id}': `/api/records/${PAYMENT}`,
    '/api/links/{kind}/{id}': `/api/links/${PAYMENT}`,
    '/api/deliveries/{id}': `/api/deliveries/${delivery}`,
    '/api/deliveries/{id}/raw': `/api/deliveries/${delivery}/raw`,
    '/api/facts/{id}': `/api/facts/${fact}`,
    '/api/trace/{id}': `/api/trace/${encodeURIComponent(PAYMENT)}`,
  };
  const { body } = await api.ask<{ paths: Record<string, { get?: object }> }>(
    undefined,
    '/openapi.json',
  );
  const known = Object.entries(body.paths).flatMap(([path, { get }]) => (get ? [path] : []));
  return [
    ...known.map((path) => things[path] ?? path.replaceAll(/\{\w+\}/g, 'nothing')),
    '/api/records/payment?status=received',
    `/api/facts?stream=${PAYMENT}`,
    `/api/trace/${delivery}`,
    `/api/trace/${fact}`,
  ];
};

beforeAll(async () => {
  write({ anna });
  api = await runApi({
    INNKEEPER_KIND_READERS: '{"payment":"group:finance"}',
    INNKEEPER_DIRECTORY_FILE: people,
  });
  [delivery = ''] = await api.takeFrom('guesty', planted());
  await api.take(sample('contact.created'));
  await api.project();
  const listed = await api.ask<{ items: { id: string }[] }>(
    'viewer',
    `/api/facts?stream=${PAYMENT}`,
  );
  fact = listed.body.items[0]?.id ?? '';
  paths = await filledIn();
});
beforeEach(() => write({ anna }));
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true });
});

const shownTo = async (name: string, role: OperatorRole): Promise<readonly string[]> => {
  const shown: string[] = [];
  for (const path of paths) {
    const { body, headers } = await askAs(name, role, path);
    if (marks.test(JSON.stringify([body, [...headers]]))) shown.push(path);
  }
  return shown;
};

describe('a kind that is limited to a group', () => {
  it('is read by who is in it: in lists, alone, and in facts', async () => {
    const inFacts = ['/api/facts', `/api/facts/${fact}`, `/api/facts?stream=${PAYMENT}`];
    expect([...(await shownTo('anna', 'viewer'))].sort()).toEqual(
      [
        ...['/api/records/payment', `/api/records/${PAYMENT}`],
        ...['/api/records/payment?status=received', `/api/trace/${encodeURIComponent(PAYMENT)}`],
        ...inFacts,
        ...[`/api/trace/${delivery}`, `/api/trace/${fact}`],
      ].sort(),
    );
  });

  it.each(roles)('is shown on no route to a %s who is not in it', async (role) => {
    const raw = `/api/deliveries/${delivery}/raw`;
    for (const name of ['ben', 'command-line', 'anna ', 'Anna'])
      expect(await shownTo(name, role)).toEqual(role === 'admin' ? [raw] : []);
  });

  it('is there in no count, list or history of others, and in the way of the data by ids alone', async () => {
    const listed = await askAs('ben', 'viewer', '/api/records/payment');
    expect(listed.body).toEqual({ items: [], next: null });
    const [one] = (await askAs('ben', 'admin', `/api/facts?stream=${PAYMENT}`)).body
      .items as JsonObject[];
    expect(one).toMatchObject({ data: {}, withheld: true, stream: PAYMENT });
    expect(one).not.toHaveProperty('personal');
    const { body } = await askAs('ben', 'viewer', `/api/trace/${delivery}`);
    expect(body).toMatchObject({ facts: [{ withheld: true }], records: [{ kind: 'payment' }] });
  });

  it('leaves other kinds to everybody', async () => {
    const contacts = await askAs('ben', 'viewer', '/api/records/contact');
    expect(contacts.body.items).toHaveLength(1);
    const shown = await askAs('ben', 'viewer', '/api/facts?stream=contact/aircall.main.77120045');
    expect(shown.body.items).toMatchObject([{ stream: 'contact/aircall.main.77120045' }]);
    expect(JSON.stringify(shown.body)).not.toContain('withheld');
  });

  it('answers alike for what is not there and what is not theirs', async () => {
    for (const route of ['records', 'links']) {
      const [hidden, none] = [
        await askAs('ben', 'viewer', `/api/${route}/${PAYMENT}`),
        await askAs('ben', 'viewer', `/api/${route}/${NOWHERE}`),
      ];
      expect(hidden.status).toBe(404);
      expect(withoutTrace(hidden)).toEqual(withoutTrace(none));
    }
  });

  it('does the same for both: an answer takes as long for either', async () => {
    const { log, documents, keys } = api.parts;
    const calls = countCalls({ log, documents, keys });
    const callsOf = async (path: string): Promise<readonly string[]> => {
      calls.length = 0;
      await askAs('ben', 'viewer', path);
      return [...calls];
    };
    for (const route of ['records', 'links']) {
      const hidden = await callsOf(`/api/${route}/${PAYMENT}`);
      expect(hidden.length).toBeGreaterThan(0);
      expect([route, hidden]).toEqual([route, await callsOf(`/api/${route}/${NOWHERE}`)]);
    }
    expect(await callsOf('/api/records/payment?status=received')).toEqual(
      await callsOf('/api/records/payment?status=nothing'),
    );
  });
});

const withoutTrace = ({ status, body, headers }: Answer<JsonObject>): unknown => {
  const { trace: _trace, ...rest } = body;
  const kept = [...headers].filter(([name]) => !['date', 'traceparent'].includes(name));
  return { status, rest, kept };
};

describe('a right that is taken away', () => {
  it('is gone at the next question, and back at the one after it was given again', async () => {
    const asked = async () => (await askAs('anna', 'viewer', `/api/records/${PAYMENT}`)).status;
    expect(await asked()).toBe(200);
    write({ anna: { groups: ['other'] } });
    expect(await asked()).toBe(404);
    expect(await shownTo('anna', 'operator')).toEqual([]);
    write({ anna });
    expect(await asked()).toBe(200);
  });

  it('leaves nothing to anybody while the directory cannot be read', async () => {
    rmSync(people);
    for (const path of [
      ...['/api/records/payment', `/api/records/${PAYMENT}`, '/api/records/contact'],
      ...['/api/links', `/api/links/${PAYMENT}`, '/api/facts', `/api/trace/${delivery}`],
    ])
      for (const name of ['anna', 'ben']) {
        const { status, body } = await askAs(name, 'operator', path);
        expect([path, status, body.code]).toEqual([path, 503, 'DIRECTORY_UNAVAILABLE']);
        expect(body.title).toBe('Nobody can tell now who may read this.');
      }
    writeFileSync(people, '{"anna":{"gro');
    expect((await askAs('anna', 'viewer', '/api/records/call')).status).toBe(503);
  });
});
