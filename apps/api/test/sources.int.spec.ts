import { createTallies } from '#libs/operations';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aircallToken, runApi, sample, type RunningApi } from './running-api.js';

interface Shown {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly strangers: unknown;
}

const SECRET = `whsec_${Buffer.from('a secret of the tests, long enough').toString('base64')}`;

describe('the route of sources', () => {
  let api: RunningApi;
  const startedAt = Date.now();
  beforeAll(async () => {
    api = await runApi({ INNKEEPER_SOURCES: `crm:standard-webhooks:${SECRET}` });
    await api.take(sample('call.ended.answered'));
    await api.refuse('{"a":1}');
    const tallies = createTallies(api.parts);
    tallies.count('aircall', 'taken', 5);
    tallies.count('unknown', 'refused.INTAKE_SOURCE_UNKNOWN', 2);
    await tallies.write();
  });
  afterAll(() => api.stop());
  const ask = async () => (await api.ask<Shown>('viewer', '/api/sources')).body;

  it('needs a token', async () => {
    expect((await api.ask(undefined, '/api/sources')).status).toBe(401);
  });

  it('shows every door and every API, those that settings add too', async () => {
    const { items } = await ask();
    const shown = new Map(items.map(({ source, way, on }) => [source, { way, on }]));
    expect([...shown.keys()]).toEqual(expect.arrayContaining([...api.parts.sources.keys()]));
    expect([...shown]).toEqual(
      expect.arrayContaining([
        ['aircall', { way: 'door', on: true }],
        ['aircall-api', { way: 'api', on: false }],
        ['rocketchat', { way: 'door', on: false }],
        ['crm', { way: 'door', on: true }],
      ]),
    );
    expect(items.at(-1)?.['says']).toContain('INNKEEPER_SOURCES');
  });

  it('shows what a source brought and what waits, and when its secret was first seen', async () => {
    const { items, strangers } = await ask();
    expect(items[0]).toMatchObject({
      path: '/webhooks/aircall',
      hour: { taken: 5 },
      day: { taken: 5, refused: {} },
      quarantine: { count: 1, bytes: 7, more: false },
      lastCanary: null,
    });
    const { lastDelivery, secrets } = items[0] as {
      lastDelivery: string;
      secrets: readonly { firstSeen: string }[];
    };
    for (const time of [lastDelivery, secrets[0]?.firstSeen ?? ''])
      expect(Date.parse(time)).toBeGreaterThanOrEqual(startedAt);
    expect(strangers).toMatchObject({ day: { refused: { INTAKE_SOURCE_UNKNOWN: 2 } } });
  });

  it('shows nothing of a secret', async () => {
    const text = JSON.stringify(await ask());
    for (const secret of [aircallToken, SECRET, SECRET.slice(6)])
      expect(text).not.toContain(secret);
  });
});
