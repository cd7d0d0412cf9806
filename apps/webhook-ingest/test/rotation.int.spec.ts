import { Secret, type JsonObject } from '#libs/kernel';
import { createKnownSecrets, createTallies, type Tally } from '#libs/operations';
import { readSettings, runProcess, silentLog, type RunningProcess } from '#libs/platform';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { WebhookIngestModule } from '../src/webhook-ingest.module.js';

const whsec = (text: string): string =>
  `whsec_${Buffer.from(`${text} secret of the tests, long enough`).toString('base64')}`;

/** What each is sent, and its secret before and after. */
const sources = {
  aircall: {
    sample: 'aircall/call.tagged',
    old: 'the-old-aircall-token',
    now: 'the-new-aircall-token',
  },
  guesty: { sample: 'guesty/listing.new', old: whsec('an old guesty'), now: whsec('a new guesty') },
  rocketchat: {
    sample: 'rocketchat/04-private-group',
    ...{ old: 'the-old-chat-token', now: 'the-new-chat-token' },
  },
  crm: {
    sample: 'standard-webhooks/invoice.paid',
    old: whsec('an old crm'),
    now: whsec('a new crm'),
  },
} as const;
type Name = keyof typeof sources;
type Which = 'old' | 'now';
const names = Object.keys(sources) as Name[];

const payloadOf = (name: Name, mark: string): JsonObject => {
  const path = new URL(`../../../test/fixtures/${sources[name].sample}.json`, import.meta.url);
  return { ...(JSON.parse(readFileSync(path, 'utf8')) as JsonObject), mark };
};

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'innkeeper-rotation-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const live = (which: readonly Which[], name: Name, between = ','): string =>
  which.map((one) => sources[name][one]).join(between);

/** The role as it starts with these secrets, on what it kept before. */
const startWith = (...which: readonly Which[]): Promise<RunningProcess> =>
  runProcess(
    { 'webhook-ingest': WebhookIngestModule },
    readSettings(
      {
        INNKEEPER_DATA_DIR: directory,
        INNKEEPER_HTTP_PORT: '0',
        INNKEEPER_ROLES: 'webhook-ingest',
        INNKEEPER_METRICS_OPEN: 'true',
        INNKEEPER_CANARY_SECONDS: '0',
        INNKEEPER_AIRCALL_TOKENS: live(which, 'aircall'),
        INNKEEPER_GUESTY_SECRETS: live(which, 'guesty'),
        INNKEEPER_ROCKETCHAT_TOKENS: live(which, 'rocketchat'),
        INNKEEPER_SOURCES: `crm:standard-webhooks:${live(which, 'crm', '|')}`,
      },
      () => '',
    ),
    silentLog,
  );

const post = async ({ url, parts }: RunningProcess, name: Name, which: Which, mark: string) => {
  const { provider } = parts.sources.get(name) ?? {};
  const secret = new Secret(sources[name][which]);
  const signed = await provider?.sign(payloadOf(name, mark), secret, parts.clock.now());
  const { status } = await fetch(`${url}/webhooks/${name}`, {
    method: 'POST',
    headers: signed?.headers ?? {},
    body: new Uint8Array(signed?.body ?? []),
  });
  return status;
};
const postAll = (running: RunningProcess, which: Which, mark: string) =>
  Promise.all(names.map((name) => post(running, name, which, mark)));

/** What became of them, once so many are counted. */
const countedOn = async ({ parts }: RunningProcess, many: number): Promise<readonly Tally[]> => {
  for (;;) {
    const told = await createTallies(parts).told(names);
    const days = told.map(({ day }) => day);
    if (days.every(({ taken, repeated }) => taken + repeated >= many)) return days;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

describe('a rotation of every secret at once', () => {
  const accepted = [200, 200, 200, 200];

  it('refuses nothing before, between and after, whichever of the live ones signed', async () => {
    const before = await startWith('old');
    expect(await postAll(before, 'old', 'one')).toEqual(accepted);
    await before.stop();

    const between = await startWith('now', 'old');
    expect(await postAll(between, 'old', 'two')).toEqual(accepted);
    expect(await postAll(between, 'now', 'three')).toEqual(accepted);
    await between.stop();

    const after = await startWith('now');
    expect(await postAll(after, 'now', 'four')).toEqual(accepted);
    expect((await countedOn(after, 4)).map(({ taken, refused }) => [taken, refused])).toEqual(
      names.map(() => [4, {}]),
    );
    await after.stop();
  });

  it('counts what the old one proves no more, by code, and tells a repetition from news', async () => {
    const running = await startWith('now');
    expect(await postAll(running, 'old', 'five')).toEqual([401, 401, 401, 401]);
    expect(await post(running, 'aircall', 'now', 'four')).toBe(200);
    await running.stop();
    const after = await startWith('now');
    const [aircall, guesty] = await countedOn(after, 4);
    expect([aircall?.taken, aircall?.repeated, aircall?.refused]).toEqual([
      ...[4, 1],
      { INTAKE_TOKEN_INVALID: 1 },
    ]);
    expect([guesty?.taken, guesty?.refused]).toEqual([4, { INTAKE_SIGNATURE_INVALID: 1 }]);
    await after.stop();
  });

  it('knows the new ones since they were set, and the old ones longer', async () => {
    const { parts, stop } = await startWith('now', 'old');
    const known = createKnownSecrets({ ...parts, makeKey: () => new Uint8Array(32) });
    for (const name of names) {
      const { secrets } = parts.sources.get(name) ?? { secrets: [] };
      const [now = 0, old = 0] = await known.seen(name, secrets);
      expect(old).toBeLessThan(now);
      expect(now).toBeLessThan(parts.clock.now());
    }
    await stop();
  });

  it('shows in the metrics, under names that are ours', async () => {
    const running = await startWith('now');
    await postAll(running, 'old', 'six');
    await postAll(running, 'now', 'seven');
    await fetch(`${running.url}/webhooks/zelda`, { method: 'POST', body: '{}' });
    await countedOn(running, 5);
    const text = await (await fetch(`${running.url}/metrics`)).text();
    expect(text).toContain(
      'innkeeper_deliveries_total{source="crm",outcome="INTAKE_SIGNATURE_INVALID",canary="false"} 1',
    );
    expect(text).toContain(
      'innkeeper_deliveries_total{source="unknown",outcome="INTAKE_SOURCE_UNKNOWN",canary="false"} 1',
    );
    expect(text).toContain('innkeeper_taken_in_total{source="guesty",outcome="taken"} 1');
    expect(text).toMatch(/innkeeper_delivery_seconds_count\{source="rocketchat",until="log"\} 1\n/);
    expect(text).not.toContain('zelda');
    await running.stop();
  });
});
