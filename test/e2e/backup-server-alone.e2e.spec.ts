import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';

import { until } from './harness/outside.js';
import { good, nothing, type ServerBackups } from './harness/server-backups.js';
import { describeServerBackups, PATIENCE_MS } from './harness/server-peers.js';

describeServerBackups('a backup on a server of its own, when nobody makes backups', (open) => {
  let world: ServerBackups;

  beforeAll(async () => {
    world = await open();
    await world.start();
    // It is proved, so that those of the next days need not be: for a proof a server waits for a word.
    const { status } = await world.endOf(await world.ask('manual'));
    if (status !== good.status) throw new Error(`the first one ${status}`);
  }, PATIENCE_MS);

  afterEach(() => world.machines.restic.letGo());

  afterAll(() => world.close(), PATIENCE_MS);

  /** A run whose server is about to save: it has fetched everything. */
  const savingRun = async (): Promise<string> => {
    world.machines.restic.hold('backup');
    const id = await world.ask('daily');
    await world.machines.restic.reached();
    return id;
  };

  it(
    'nobody makes backups while the server saves: it leaves its report in the bucket, and who comes back takes it',
    async () => {
      const unheard = await savingRun();
      await world.end('SIGKILL');
      world.machines.restic.letGo();
      await until('the server is off', async () => world.machines.hetzner.machines[0]?.isOff);
      expect(world.standing().reports).toEqual([`${unheard}.json`]);
      expect(world.machines.seen.at(-1)?.said()).toContain('"end":"left"');
      world.aheadMs += 180_000;
      await world.start();
      expect(await world.endOf(unheard)).toMatchObject({ ...good, server: { number: 1 } });
      // For a month anybody may read it again.
      const reports = [`${unheard}.json`];
      expect(await world.left({ reports })).toEqual({ ...nothing, reports });
    },
    PATIENCE_MS,
  );
});
