import { DatabaseSync } from 'node:sqlite';

import { afterEach, describe, expect, it } from '@jest/globals';

import { subscriptions } from '#libs/contracts';
import { itNeeding } from '#libs/testing';

import { expectNothingLost } from './harness/comparison.js';
import { DataFolder } from './harness/data-folder.js';
import { nextBody, randomFrom } from './harness/history.js';
import { healthOf, knock, Operator, until } from './harness/outside.js';
import type { Answered } from './harness/senders.js';
import { SmallDisk, smallDiskNeed } from './harness/small-disk.js';
import { Watched } from './harness/watched.js';

const random = randomFrom(7);
const INTAKE = `webhook-ingest/${subscriptions.intakeOfDeliveries.name}`;

let folder: DataFolder;
let platform: Watched;

const open = (): void => {
  folder = new DataFolder();
  platform = new Watched();
};

afterEach(async () => {
  await platform.dispose();
  folder.remove();
});

const post = async (): Promise<{ status: number; sent: Answered; answer: unknown }> => {
  const body = nextBody(random, folder.secret('aircall-token'));
  const { status, json, headers } = await knock(platform.url(), body);
  const answer = { ...(json as object), retryAfter: headers.get('retry-after') };
  return { status, sent: { id: (json as { id?: string }).id ?? '', body }, answer };
};

const idle = (token: string): Promise<unknown> =>
  until('everything is in the records', async () => {
    const viewer = new Operator(platform.url, token, 'viewer');
    const { json } = await viewer.get('/api/doctor');
    const { consumers } = json as { consumers: { behind?: number }[] };
    return consumers.every(({ behind = 0 }) => behind === 0);
  });

describe('the disk is full, embedded', () => {
  itNeeding(
    smallDiskNeed,
    'answers 503 and when to come again, keeps nothing of it, and works as soon as there is room',
    async () => {
      open();
      const disk = new SmallDisk(folder.path);
      const signingKey = 'the signing key of a test, and long';
      const secrets = {
        INNKEEPER_AIRCALL_TOKENS: 'a-token-of-a-test',
        INNKEEPER_API_SIGNING_KEY: signingKey,
      };
      disk.pid = (await platform.start({ ...folder.settings, ...secrets }, disk.wrapping)).pid;
      const answered = new Set<string>();
      const send = async () => {
        const answer = await knock(platform.url(), nextBody(random, 'a-token-of-a-test'));
        if (answer.status === 200) answered.add((answer.json as { id: string }).id);
        return answer;
      };
      for (let i = 0; i < 20; i++) expect((await send()).status).toBe(200);

      disk.fill();
      const full = await until('the disk is full', async () => {
        const answer = await send();
        return answer.status === 200 ? undefined : answer;
      });
      expect(full.status).toBe(503);
      expect(full.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
      expect(full.json).toMatchObject({ status: 503, code: 'INTAKE_BUS_UNAVAILABLE' });
      for (let i = 0; i < 20; i++) expect([200, 503]).toContain((await send()).status);

      disk.empty();
      await until('the door takes again', async () => (await send()).status === 200);
      await idle(signingKey);
      expect((await healthOf(platform.url())).status).toBe(200);
      const viewer = new Operator(platform.url, signingKey, 'viewer');
      const { json } = await viewer.get('/api/deliveries?limit=200');
      const kept = (json as { items: { id: string }[] }).items.map(({ id }) => id);
      expect(kept.sort()).toEqual([...answered].sort());
      expect((await viewer.get('/api/dead')).json).toEqual({ items: [], next: null });
      expect(await platform.stop()).toBe(0);
    },
    60_000,
  );
});

describe('the log is away, embedded', () => {
  it('lets the door take deliveries, which wait without losing an attempt, and then all drain', async () => {
    open();
    await platform.start({ ...folder.settings });
    const answered: Answered[] = [];
    const several = async (count: number) => {
      for (let i = 0; i < count; i++) {
        const { status, sent } = await post();
        expect(status).toBe(200);
        answered.push(sent);
      }
    };
    await several(10);
    platform.on('log-away');
    await several(40);
    const shown = await until('intake is not ready', async () => {
      const { status, health } = await healthOf(platform.url());
      const intake = health.roles.find(({ name }) => name === INTAKE);
      return status === 503 && intake?.ready === false && intake;
    });
    expect(shown.code).toBe('LOG_UNAVAILABLE');
    // Longer than it takes to use up five attempts, were any counted.
    await until(
      'several probes',
      async () => platform.printed.split('"event":"subscription.paused"').length > 3,
    );
    expect(attemptsIn(folder.file('innkeeper.db'))).toEqual([1]);
    await several(10);

    platform.off('log-away');
    await idle(folder.secret('issuer'));
    expect((await healthOf(platform.url())).status).toBe(200);
    const viewer = new Operator(platform.url, folder.secret('issuer'), 'viewer');
    expect((await viewer.get('/api/dead')).json).toEqual({ items: [], next: null });
    await platform.stop();
    await folder.inspect((parts) => expectNothingLost(parts, answered));
  }, 60_000);
});

/** Of what waits on the bus: the numbers of attempts there are. */
const attemptsIn = (path: string): unknown[] => {
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = database.prepare('SELECT DISTINCT attempt FROM bus_messages').all();
  database.close();
  return rows.map(({ attempt }) => attempt);
};
