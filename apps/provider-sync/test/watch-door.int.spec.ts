import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { createAlerts, type Alert } from '#libs/operations';
import { readSettings, runProcess, silentLog, type RunningProcess } from '#libs/platform';
import type {
  ProviderApi,
  WantedWebhook,
  WebhookState,
  WebhookTrouble,
} from '#libs/ports/provider';

import { ProviderSyncModule } from '../src/provider-sync.module.js';

interface Told {
  readonly id: string;
  readonly state: string;
  readonly cause: string;
  readonly about: string;
  readonly found: readonly string[];
}

describe('the door at a provider', () => {
  let directory: string;
  let running: RunningProcess;
  let receiver: Server;
  let told: Told[];
  let look = () => undefined as void;

  const start = async (api: ProviderApi) => {
    const { port } = receiver.address() as AddressInfo;
    const env = {
      INNKEEPER_DATA_DIR: directory,
      INNKEEPER_HTTP_PORT: '0',
      INNKEEPER_ROLES: 'provider-sync',
      INNKEEPER_PUBLIC_URL: 'https://innkeeper.example/',
      INNKEEPER_ALERTS_URL: `http://127.0.0.1:${port}/alerts`,
      INNKEEPER_OUTBOUND_ALLOWED: '127.0.0.0/8',
    };
    const settings = readSettings(env, () => '');
    const apis = new Map([[api.provider, api]]);
    const modules = { 'provider-sync': ProviderSyncModule };
    running = await runProcess(modules, settings, silentLog, (parts) => ({ ...parts, apis }));
  };
  const until = (met: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      look = () => {
        if (met()) resolve();
      };
      look();
    });

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'innkeeper-door-'));
    told = [];
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        told.push(JSON.parse(Buffer.concat(chunks).toString()) as Told);
        response.writeHead(204).end();
        look();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    look = () => undefined;
    await running.stop();
    await new Promise((resolve) => receiver.close(resolve));
    rmSync(directory, { recursive: true, force: true });
  });

  const watched = (troubles: readonly WebhookTrouble[], left: readonly WebhookTrouble[] = []) => {
    const asked: { readonly mended: boolean; readonly wanted: WantedWebhook }[] = [];
    const state = (of: readonly WebhookTrouble[]): WebhookState => ({
      ...{ troubles: of, id: 'w1', events: [], refusedEvents: [] },
    });
    const api: ProviderApi = {
      ...{ provider: 'aircall', recipes: [], onlyTold: [] },
      webhooks: {
        inspect: async (wanted) => {
          asked.push({ mended: false, wanted });
          return state(troubles);
        },
        mend: async (wanted) => {
          asked.push({ mended: true, wanted });
          return state(left);
        },
      },
      ping: async () => undefined,
      lookUp: async () => ({ outcome: 'gone' }),
    };
    return { api, asked };
  };
  const alertsNow = (): Promise<readonly Alert[]> => createAlerts(running.parts).list();

  it('is mended when its webhook is not as wanted, with one alert that everybody is told of', async () => {
    const { api, asked } = watched(['inactive', 'events_missing']);
    await start(api);
    await until(() => told.length > 0);
    expect(asked.map(({ mended }) => mended)).toEqual([false, true]);
    const wanted = asked[0]?.wanted;
    expect(wanted?.url).toBe('https://innkeeper.example/webhooks/aircall');
    expect(wanted?.events).toContain('call.ended');
    expect(told).toMatchObject([
      {
        ...{ state: 'raised', cause: 'DELIVERIES_INTERRUPTED', about: 'aircall' },
        found: ['inactive', 'events_missing'],
      },
    ]);
    expect(await alertsNow()).toMatchObject([{ alert: told[0]?.id, state: 'raised' }]);
  });

  it('is left alone, and nobody is told, when it is as wanted', async () => {
    const { api, asked } = watched([]);
    await start(api);
    while (asked.length === 0) await new Promise(setImmediate);
    await running.parts.jobQueue?.look({ name: 'watch-door.v1' } as never, ['aircall']);
    expect(asked.map(({ mended }) => mended)).toEqual([false]);
    expect([await alertsNow(), told]).toEqual([[], []]);
  });

  it('is not touched, and a person is told, when it signs with a secret that is none of ours', async () => {
    const { api, asked } = watched(['secret_unknown'], ['secret_unknown']);
    await start(api);
    await until(() => told.length > 0);
    expect(asked.map(({ mended }) => mended)).toEqual([false]);
    expect(told).toMatchObject([{ cause: 'WEBHOOK_SECRET_UNKNOWN', about: 'aircall' }]);
  });
});
