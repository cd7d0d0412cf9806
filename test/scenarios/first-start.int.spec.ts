import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { recordSignal, topics } from '#libs/contracts';
import { systemClock, textOf } from '#libs/kernel';
import { readSettings, runProcess, silentLog, type RunningProcess } from '#libs/platform';
import { FakeAircall, FakeGuesty, listenerOf } from '#libs/testing';

import { CatalogModule } from '../../apps/catalog/src/catalog.module.js';
import { ProviderSyncModule } from '../../apps/provider-sync/src/provider-sync.module.js';
import { WebhookIngestModule } from '../../apps/webhook-ingest/src/webhook-ingest.module.js';

type Thing = Readonly<Record<string, unknown>>;

const fixture = (path: string): Thing =>
  JSON.parse(readFileSync(new URL(`../fixtures/${path}.json`, import.meta.url), 'utf8')) as Thing;
const firstOf = (name: string, key: string): Thing =>
  (fixture(`guesty/api/${name}`)[key] as readonly Thing[])[0] ?? {};

const GUEST_ID = '66c2d3e4f5a6b7c8d9e0f1a2';
const modules = {
  'webhook-ingest': WebhookIngestModule,
  catalog: CatalogModule,
  'provider-sync': ProviderSyncModule,
};

describe('a first start with the credentials of a provider’s API', () => {
  let directory: string;
  let fakes: { readonly aircall: FakeAircall; readonly guesty: FakeGuesty };
  let running: RunningProcess;
  const seen = new Set<string>();
  let look = () => undefined as void;

  const settings = (more: Readonly<Record<string, string>> = {}) =>
    readSettings(
      {
        INNKEEPER_DATA_DIR: directory,
        INNKEEPER_HTTP_PORT: '0',
        INNKEEPER_ROLES: Object.keys(modules).join(','),
        INNKEEPER_CANARY_SECONDS: '0',
        INNKEEPER_OUTBOUND_ALLOWED: '127.0.0.0/8',
        ...more,
      },
      () => '',
    );
  const atAircall = () => ({
    INNKEEPER_AIRCALL_API_ID: 'an-id',
    INNKEEPER_AIRCALL_API_TOKEN: 'a-token-of-the-api',
    INNKEEPER_AIRCALL_API_URL: fakes.aircall.url,
  });
  const atGuesty = () => ({
    INNKEEPER_GUESTY_CLIENT_ID: 'a-client',
    INNKEEPER_GUESTY_CLIENT_SECRET: 'the-secret-of-the-client',
    INNKEEPER_GUESTY_API_URL: fakes.guesty.url,
  });
  const start = async (more: Readonly<Record<string, string>> = {}): Promise<void> => {
    running = await runProcess(modules, settings(more), silentLog);
    const { bus } = running.parts;
    const listener = listenerOf(topics.records);
    await bus.create([], [listener]);
    await bus.consume(listener, async (messages) => {
      for (const { data } of messages) {
        const { kind, id } = recordSignal.parse(JSON.parse(textOf(data)));
        seen.add(`${kind} ${id}`);
      }
      look();
      return messages.map(() => ({ outcome: 'done' }));
    });
  };
  const untilSeen = (names: readonly string[]): Promise<void> =>
    new Promise((resolve) => {
      look = () => {
        if (names.every((name) => seen.has(name))) resolve();
      };
      look();
    });

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'innkeeper-first-'));
    const clock = systemClock;
    const client = { clientId: 'a-client', clientSecret: 'the-secret-of-the-client' };
    fakes = {
      aircall: await FakeAircall.start({ clock, apiId: 'an-id', apiToken: 'a-token-of-the-api' }),
      guesty: await FakeGuesty.start({ clock, ...client }),
    };
    seen.clear();
  });
  afterEach(async () => {
    look = () => undefined;
    await running.stop();
    await Promise.all([fakes.aircall.close(), fakes.guesty.close()]);
    rmSync(directory, { recursive: true, force: true });
  });

  it('has what Guesty holds in its records, and one token for however many starts', async () => {
    const { guesty } = fakes;
    const now = new Date(systemClock.now()).toISOString();
    const reservation = { ...firstOf('rest.reservations.list', 'results'), lastUpdatedAt: now };
    guesty.state.reservations.set('66d3e4f5a6b7c8d9e0f1a2b3', reservation);
    guesty.state.guests.set(GUEST_ID, firstOf('rest.guests-crud.list', 'results'));
    await start(atGuesty());
    await untilSeen([
      'reservation guesty.main.66d3e4f5a6b7c8d9e0f1a2b3',
      `guest guesty.main.${GUEST_ID}`,
    ]);
    await running.stop();
    await start(atGuesty());
    await running.parts.apis.get('guesty')?.ping();
    expect([guesty.tokens.asked, guesty.throttled]).toEqual([1, 0]);
  });

  it('has what Aircall holds in its records', async () => {
    const { aircall } = fakes;
    const contact = fixture('aircall/contact.updated')['data'] as Thing;
    const updated_at = Math.floor(systemClock.now() / 1000);
    aircall.state.contacts.set('77120045', { ...contact, updated_at });
    await start(atAircall());
    await untilSeen(['contact aircall.main.77120045']);
    expect(aircall.throttled).toBe(0);
  });

  it('goes to no address of its own network unless it is allowed', async () => {
    await start({ ...atAircall(), ...atGuesty(), INNKEEPER_OUTBOUND_ALLOWED: '10.0.0.0/8' });
    expect(running.parts.apis.size).toBe(2);
    const asking = [...running.parts.apis.values()].map((api) => api.ping());
    for (const result of await Promise.allSettled(asking))
      expect(result).toMatchObject({ reason: { code: 'OUTBOUND_ADDRESS_REFUSED' } });
    expect([fakes.aircall.requests, fakes.guesty.requests]).toEqual([[], []]);
  });
});
