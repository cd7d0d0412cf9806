import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { decodeDelivery, topics, type Delivery } from '#libs/contracts';
import { createHistoryRuns, IMPORT } from '#libs/intake';
import { systemClock, textOf, utf8 } from '#libs/kernel';
import { readSettings, runProcess, silentLog, type RunningProcess } from '#libs/platform';
import type { Consumption } from '#libs/ports/bus';
import type { LookedUp, ProviderApi, RawAnswer, Recipe } from '#libs/ports/provider';
import { listenerOf } from '#libs/testing';

import { ProviderSyncModule } from '../src/provider-sync.module.js';

const call = (id: string): RawAnswer => ({
  ...{ entity: 'call', id, body: utf8(`{"id":${id}}`), askedAt: systemClock.now() },
});

const never: Recipe = {
  ...{ name: 'calls', entities: ['call'], by: 'start', passes: [] },
  page: () => Promise.reject(new Error('not asked')),
};

const apiWith = (more: Partial<ProviderApi>): ProviderApi => ({
  ...{ provider: 'aircall', recipes: [never], onlyTold: [] },
  webhooks: {
    inspect: () => Promise.reject(new Error('no')),
    mend: () => Promise.reject(new Error('no')),
  },
  ping: async () => undefined,
  lookUp: async (): Promise<LookedUp> => ({ outcome: 'gone' }),
  ...more,
});

describe('the role provider-sync, alone', () => {
  let directory: string;
  let running: RunningProcess;
  let consumption: Consumption;
  let arrived: Delivery[] = [];
  let look = () => undefined as void;

  const start = async (api: ProviderApi) => {
    const env = {
      INNKEEPER_DATA_DIR: directory,
      INNKEEPER_HTTP_PORT: '0',
      INNKEEPER_ROLES: 'provider-sync',
    };
    const settings = readSettings(env, () => '');
    const apis = new Map([[api.provider, api]]);
    const modules = { 'provider-sync': ProviderSyncModule };
    running = await runProcess(modules, settings, silentLog, (parts) => ({ ...parts, apis }));
    const { bus } = running.parts;
    const listener = listenerOf(topics.deliveries);
    await bus.create([], [listener]);
    consumption = await bus.consume(listener, async (messages) => {
      arrived.push(...messages.map(({ data }) => decodeDelivery(data)));
      look();
      return messages.map(() => ({ outcome: 'done' }));
    });
  };
  const until = (met: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      look = () => {
        if (met()) resolve();
      };
      look();
    });
  const hint = (source: string, id: string) => ({
    data: utf8(JSON.stringify({ source, entity: 'call', id })),
    attributes: {},
  });

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'innkeeper-sync-'));
    arrived = [];
  });
  afterEach(async () => {
    look = () => undefined;
    await consumption.close();
    await running.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('is ready by itself, with its jobs and its subscription', async () => {
    await start(apiWith({}));
    const health = (await (await fetch(`${running.url}/health/ready`)).json()) as {
      status: string;
      roles: { name: string }[];
    };
    expect(health.status).toBe('ready');
    expect(health.roles.map(({ name }) => name).sort()).toEqual([
      'provider-sync/announce-alerts.v1',
      'provider-sync/intake.hints.v1--refresh',
      'provider-sync/read-history.v1',
      'provider-sync/refresh-entity.v1',
      'provider-sync/watch-door.v1',
    ]);
  });

  it('looks up once what many deliveries pointed at, and delivers the answer', async () => {
    const asked: string[] = [];
    await start(
      apiWith({
        lookUp: async ({ id }) => {
          asked.push(id);
          return { outcome: 'found', answers: [call(id)] };
        },
      }),
    );
    const hints = [hint('aircall', '7'), hint('aircall-api', '7'), hint('crow', '1')];
    for (const one of hints) await running.parts.bus.publish(topics.hints, [one]);
    await until(() => arrived.length > 0);
    expect(arrived.map(({ source, body }) => [source, textOf(body)])).toEqual([
      ['aircall-api', '{"id":7}'],
    ]);
    expect(asked).toEqual(['7']);
  });

  it('imports the history that was asked for, also over a stop in the middle', async () => {
    let pages = 0;
    let stopped: Promise<void> | undefined;
    const recipe: Recipe = {
      ...never,
      page: async (_stretch, after = '0') => {
        if (++pages === 2) stopped = running.stop();
        const n = Number(after);
        return {
          answers: [call(`${n}`)],
          progress: { done: n + 1, of: 4 },
          ...(n < 3 && { next: `${n + 1}` }),
        };
      },
    };
    const api = apiWith({ recipes: [recipe] });
    await start(api);
    const ask = () =>
      createHistoryRuns({ documents: running.parts.documents, clock: systemClock }).ask({
        ...{ source: 'aircall', recipe: 'calls' },
      });
    expect(await ask()).toBe(true);
    await until(() => pages >= 2);
    await consumption.close();
    await stopped;
    await start(api);
    await until(() => arrived.length >= 4);
    expect(arrived.map(({ body }) => textOf(body)).sort()).toEqual(
      ['0', '1', '2', '3'].map((id) => `{"id":${id}}`),
    );
    expect(arrived.every(({ headers }) => headers['innkeeper-backfilled'] === 'true')).toBe(true);
    const runs = createHistoryRuns({ documents: running.parts.documents, clock: systemClock });
    const found = async () => (await runs.find(`aircall/calls/${IMPORT}`))?.run.state;
    while ((await found()) !== 'done') await new Promise(setImmediate);
  });
});
