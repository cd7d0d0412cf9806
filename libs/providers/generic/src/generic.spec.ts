import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { Secret, utf8, webHash, type JsonObject } from '#libs/kernel';
import type { Normalised } from '#libs/ports/provider';
import { providerContract } from '#suites/provider';

import { chosenFields, valueAt, type ChosenFields } from './chosen-fields.js';
import { standardWebhooks } from './standard-webhooks.js';

const folder = new URL('../../../../test/fixtures/standard-webhooks/', import.meta.url);
const samples = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [
      name.slice(0, -'.json'.length),
      JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as JsonObject,
    ]),
);
const crm = standardWebhooks('crm', { ...chosenFields, id: '/data/id', subject: '/data/name' });

providerContract('a sender of Standard Webhooks', {
  provider: crm,
  samples,
  personal: ['Nkechi', 'Adeyemi', 'nkechi@example.com', 'Zofia', 'Wójcik'],
});

const said = (
  text: string,
  fields: ChosenFields = { ...chosenFields, id: '/data/id' },
): Normalised =>
  standardWebhooks('crm', fields).normalise({
    account: 'main',
    body: utf8(text),
    headers: { 'webhook-id': 'msg_1' },
    receivedAt: 0,
  });

const reasonOf = (normalised: Normalised): string | undefined =>
  normalised.understood ? undefined : normalised.reason;

describe('what a sender without a folder says', () => {
  it('is one notice with its chosen fields, and the body whole beside them', () => {
    const payload = samples.get('contact.created');
    expect(
      crm.normalise({
        account: 'main',
        body: utf8(JSON.stringify(payload)),
        headers: {},
        receivedAt: 0,
      }),
    ).toEqual({
      understood: true,
      observations: [
        {
          type: 'intake.notice.observed.v1',
          stream: 'notice/crm.main.1f81eb52-5198-4599-803e-771906343485',
          occurredAt: Date.UTC(2026, 10, 3, 20, 26, 10, 344),
          data: {
            event: 'contact.created',
            normaliser: 1,
            notice: 'crm.main.1f81eb52-5198-4599-803e-771906343485',
            rank: 0,
          },
          personal: {
            body: '{"data":{"id":"1f81eb52-5198-4599-803e-771906343485","mail":"nkechi@example.com","name":"Nkechi Adeyemi"},"timestamp":"2026-11-03T20:26:10.344522Z","type":"contact.created"}',
            subject: 'Nkechi Adeyemi',
          },
        },
      ],
    });
  });

  it('is about the message itself where no id was chosen', () => {
    expect(said('{"type":"a.b","timestamp":1793737570}', chosenFields)).toMatchObject({
      observations: [{ stream: 'notice/crm.main.msg_1' }],
    });
  });

  it.each([
    ['1793737570', 1793737570000],
    ['1793737570344', 1793737570344],
    ['"2026-11-03T20:26:10Z"', 1793737570000],
  ])('happened at its own time: %s', (time, occurredAt) => {
    expect(said(`{"type":"a.b","timestamp":${time},"data":{"id":1}}`)).toMatchObject({
      observations: [{ occurredAt }],
    });
  });

  it.each([
    ['[]', 'the body is not a JSON object'],
    ['{"timestamp":1793737570}', 'no name of an event at /type'],
    ['{"type":"Nkechi Adeyemi","timestamp":1793737570}', 'no name of an event at /type'],
    ['{"type":"a.b"}', 'no time at /timestamp'],
    ['{"type":"a.b","timestamp":1e400}', 'no time at /timestamp'],
    ['{"type":"a.b","timestamp":1793737570}', 'no id at /data/id'],
    [
      '{"type":"a.b","timestamp":1793737570,"data":{"id":"nkechi@example.com"}}',
      'no id at /data/id',
    ],
    [
      '{"type":"a.b","timestamp":1793737570,"data":{"id":1,"n":1e400}}',
      'the body holds what JSON cannot keep',
    ],
  ])('is not understood: %s', (text, reason) => {
    expect(reasonOf(said(text))).toBe(reason);
  });

  it('never reaches through a prototype', () => {
    const body = JSON.parse('{"__proto__":{"type":"a.b"},"data":[{"id":7}]}') as JsonObject;
    expect(valueAt(body, '/type')).toBeUndefined();
    expect(valueAt(body, '/constructor/name')).toBeUndefined();
    expect(valueAt(body, '/data/0/id')).toBe(7);
    expect(({} as JsonObject)['type']).toBeUndefined();
  });
});

describe('a sender with a key pair', () => {
  it('is proved by its public key alone', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const seed = privateKey.export({ type: 'pkcs8', format: 'der' }).subarray(-32);
    const known = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
    const signing = new Secret(`whsk_${Buffer.concat([seed, known]).toString('base64')}`);
    const { headers, body } = await crm.sign(
      samples.get('invoice.paid') ?? {},
      signing,
      Date.now(),
    );
    const request = { source: 'crm', headers, body, receivedAt: Date.now() };
    const secrets = [new Secret(`whpk_${known.toString('base64')}`)];
    expect(await crm.prove(request, { secrets, hash: webHash })).toMatchObject({
      proved: true,
    });
  });
});
