import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { subscriptions } from '#libs/contracts';
import { describePeer, describePeers, type ToxicProxy } from '#libs/testing';

import { hasArrived } from './harness/compare.js';
import { expectNothingLost } from './harness/comparison.js';
import { Deployment } from './harness/deployment.js';
import { healthOf, until } from './harness/outside.js';

const INTAKE = `webhook-ingest/${subscriptions.intakeOfDeliveries.name}`;

/** All that was answered is in the records, each once, and nothing was given up on. */
const expectAllDrained = async (platform: Deployment): Promise<void> => {
  const { answered, viewer } = platform;
  await platform.inspect(async (parts) => {
    await until('all has arrived', () => hasArrived(parts, answered));
    await expectNothingLost(parts, answered);
  });
  expect((await viewer.get('/api/dead')).json).toEqual({ items: [], next: null });
};

const several = async (platform: Deployment, count: number): Promise<void> => {
  for (let i = 0; i < count; i++) expect((await platform.post()).status).toBe(200);
};

const intakeIsNotReady = (platform: Deployment) =>
  until('intake is not ready', async () => {
    const { status, health } = await healthOf(platform.door?.url ?? '');
    const intake = health.roles.find(({ name }) => name === INTAKE);
    return status === 503 && intake?.ready === false;
  });

const doorIsReady = (platform: Deployment) =>
  until('ready', async () => (await healthOf(platform.door?.url ?? '')).status === 200);

describePeers(['mongodb', 'pubsub-fake'], 'outages, distributed', (mongodb, pubsub) => {
  describePeer('toxiproxy', 'a line that breaks', (toxiproxy) => {
    let platform: Deployment;
    let toLog: ToxicProxy;
    let toBus: ToxicProxy;

    beforeAll(async () => {
      const [set, emulator, proxies] = await Promise.all([
        mongodb.shared(),
        pubsub.shared(),
        toxiproxy.shared(),
      ]);
      toLog = await proxies.proxyTo(await set.primaryPort());
      toBus = await proxies.proxyTo(emulator.port);
      platform = new Deployment(
        { mongodbUrl: set.url, pubsubHost: emulator.host },
        // A driver that knows the set would go around the line.
        { mongodbUrl: `mongodb://${toLog.host}/?directConnection=true`, pubsubHost: toBus.host },
      );
      await platform.start();
    }, 60_000);
    afterAll(() => platform.stop(), 60_000);

    it('answers 503 and when to come again while the bus is away, and takes again afterwards', async () => {
      await several(platform, 10);
      await toBus.cut();
      const refused = await platform.post();
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
      expect(refused.json).toMatchObject({ status: 503, code: 'INTAKE_BUS_UNAVAILABLE' });
      await toBus.mend();
      await until('the door takes again', async () => (await platform.post()).status === 200);
      await doorIsReady(platform);
      await expectAllDrained(platform);
      // What was refused left nothing behind.
      const { json } = await platform.viewer.get('/api/deliveries?limit=200');
      const kept = (json as { items: { id: string }[] }).items.map(({ id }) => id);
      expect(kept.sort()).toEqual([...new Set(platform.answered.map(({ id }) => id))].sort());
    }, 120_000);

    it('takes deliveries while the log is away; they wait, all drain, and none is given up', async () => {
      await several(platform, 5);
      await toLog.cut();
      await several(platform, 20);
      await intakeIsNotReady(platform);
      await several(platform, 5);
      await toLog.mend();
      await doorIsReady(platform);
      await expectAllDrained(platform);
    }, 120_000);

    it('ends with 0 when told to while both are away', async () => {
      await Promise.all([toLog.cut(), toBus.cut()]);
      expect(await platform.stop()).toEqual([0, 0]);
      await Promise.all([toLog.mend(), toBus.mend()]);
    }, 60_000);
  });

  it('goes on after the primary was killed with -9: 200 all the while, and all drain', async () => {
    const [set, emulator] = await Promise.all([mongodb.start(), pubsub.shared()]);
    const platform = new Deployment({ mongodbUrl: set.url, pubsubHost: emulator.host });
    try {
      await platform.start();
      await several(platform, 20);
      await set.killPrimary();
      await several(platform, 40);
      await expectAllDrained(platform);
      await doorIsReady(platform);
    } finally {
      await platform.stop();
      await set.stop();
    }
  }, 180_000);
});
