import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, it } from '@jest/globals';
import { Redis } from 'ioredis';

import { topics } from '#libs/contracts';
import { createHistoryRuns } from '#libs/intake';
import { fault, systemClock, utf8 } from '#libs/kernel';
import { readSettings, runProcess, silentLog, type RunningProcess } from '#libs/platform';
import type { ProviderApi } from '#libs/ports/provider';
import { describePeer, type RedisServer } from '#libs/testing';

import { ProviderSyncModule } from '../src/provider-sync.module.js';

describePeer('redis', 'the role provider-sync on BullMQ', (peer) => {
  let redis: RedisServer;
  let directory: string;
  let running: RunningProcess | undefined;
  let away = true;
  let look = () => undefined as void;
  const asked: string[] = [];

  const ask = (what: string): void => {
    asked.push(what);
    look();
    if (away) throw fault('BUS_UNAVAILABLE', { retryAfterMs: 3_600_000 });
  };
  const api: ProviderApi = {
    ...{ provider: 'aircall', onlyTold: [] },
    recipes: [
      {
        ...{ name: 'calls', entities: ['call'], by: 'start', passes: [] },
        page: async () => {
          ask('page');
          return { answers: [], progress: { done: 0 } };
        },
      },
    ],
    webhooks: {
      inspect: () => Promise.reject(new Error('not asked')),
      mend: () => Promise.reject(new Error('not asked')),
    },
    ping: async () => undefined,
    lookUp: async ({ id }) => {
      ask(`call ${id}`);
      return { outcome: 'withheld' };
    },
  };
  const start = async () => {
    const env = {
      INNKEEPER_DATA_DIR: directory,
      INNKEEPER_HTTP_PORT: '0',
      INNKEEPER_ROLES: 'provider-sync',
      INNKEEPER_JOB_QUEUE_KIND: 'bullmq',
      INNKEEPER_BULLMQ_URL: redis.url,
    };
    const settings = readSettings(env, () => '');
    const modules = { 'provider-sync': ProviderSyncModule };
    const apis = new Map([[api.provider, api]]);
    running = await runProcess(modules, settings, silentLog, (parts) => ({ ...parts, apis }));
    return running.parts;
  };
  const until = (met: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      look = () => {
        if (met()) resolve();
      };
      look();
    });

  beforeAll(async () => {
    redis = await peer.start();
    directory = mkdtempSync(join(tmpdir(), 'innkeeper-flushed-'));
  });
  afterAll(async () => {
    await running?.stop();
    await redis.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('loses nothing that is to be done when Redis is emptied', async () => {
    const { bus, documents } = await start();
    const runs = createHistoryRuns({ documents, clock: systemClock });
    await runs.ask({ source: 'aircall', recipe: 'calls' });
    const hint = { source: 'aircall', entity: 'call', id: '7' };
    await bus.publish(topics.hints, [{ data: utf8(JSON.stringify(hint)), attributes: {} }]);
    // Both were tried, and the queue has put both off by an hour.
    await until(() => asked.includes('page') && asked.includes('call 7'));
    await running?.stop();
    const client = new Redis(redis.url);
    await client.flushall();
    client.disconnect();
    asked.length = 0;
    away = false;
    await start();
    await until(() => asked.includes('page') && asked.includes('call 7'));
  });
});
