import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { decodeDelivery, topics, type Delivery } from '#libs/contracts';
import { systemClock, textOf, utf8 } from '#libs/kernel';
import { readSettings, runProcess, silentLog, type RunningProcess } from '#libs/platform';
import { FakeAircall, listenerOf } from '#libs/testing';

import { ProviderSyncModule } from '../src/provider-sync.module.js';

const URL_OF_DOORS = 'https://innkeeper.example';
const ended = (): Record<string, unknown> => {
  const path = new URL('../../../test/fixtures/aircall/call.ended.answered.json', import.meta.url);
  const { data } = JSON.parse(readFileSync(path, 'utf8')) as { data: Record<string, unknown> };
  return { ...data, started_at: Math.floor(systemClock.now() / 1000) - 86_400 };
};

/** Nothing between settings and the provider's API is put there by the test. */
describe('a process with the credentials of Aircall’s API', () => {
  let aircall: FakeAircall;
  let directory: string;
  let running: RunningProcess;
  const arrived: Delivery[] = [];
  let look = () => undefined as void;
  const until = (met: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      look = () => {
        if (met()) resolve();
      };
      look();
    });
  const of = (entity: string, deliveries: readonly Delivery[]) =>
    deliveries.filter(({ headers }) => headers['innkeeper-entity'] === entity);

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'innkeeper-asking-'));
    const credentials = { apiId: 'the-id', apiToken: 'the-token-of-the-api' };
    aircall = await FakeAircall.start({ clock: systemClock, ...credentials });
    aircall.state.apply('call.ended', { ...ended(), id: 11 });
    const env = {
      INNKEEPER_DATA_DIR: directory,
      INNKEEPER_HTTP_PORT: '0',
      INNKEEPER_ROLES: 'provider-sync',
      INNKEEPER_PUBLIC_URL: URL_OF_DOORS,
      INNKEEPER_OUTBOUND_ALLOWED: '127.0.0.0/8',
      INNKEEPER_AIRCALL_API_ID: credentials.apiId,
      INNKEEPER_AIRCALL_API_TOKEN: credentials.apiToken,
      INNKEEPER_AIRCALL_API_URL: aircall.url,
    };
    const modules = { 'provider-sync': ProviderSyncModule };
    running = await runProcess(
      modules,
      readSettings(env, () => ''),
      silentLog,
    );
    const { bus } = running.parts;
    const listener = listenerOf(topics.deliveries);
    await bus.create([], [listener]);
    await bus.consume(listener, async (messages) => {
      arrived.push(...messages.map(({ data }) => decodeDelivery(data)));
      look();
      return messages.map(() => ({ outcome: 'done' }));
    });
  });
  afterAll(async () => {
    await running.stop();
    await aircall.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('looks up the call that a delivery pointed at', async () => {
    const hint = { source: 'aircall', entity: 'call', id: '11' };
    await running.parts.bus.publish(topics.hints, [
      { data: utf8(JSON.stringify(hint)), attributes: {} },
    ]);
    await until(() => of('call', arrived).length > 0);
    const [call] = of('call', arrived);
    expect(call).toMatchObject({ source: 'aircall-api', headers: { 'innkeeper-id': '11' } });
    expect(textOf(call?.body ?? utf8(''))).toContain('"id":11');
  });

  it('registers its door for all that it can read, with one registration', async () => {
    const registered = () => aircall.requests.filter((request) => request === 'POST /v1/webhooks');
    while (registered().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(registered()).toHaveLength(1);
  });

  it('reads the newest part of every list by itself, without being asked', async () => {
    const read = (path: string) => aircall.requests.some((one) => one.startsWith(`GET ${path}`));
    const lists = ['/v1/calls', '/v1/contacts', '/v1/numbers', '/v2/users'];
    while (!lists.every(read)) await new Promise((resolve) => setTimeout(resolve, 20));
  });
});
