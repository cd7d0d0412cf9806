import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';

import { until } from './harness/outside.js';
import { good, lasting, nothing, type ServerBackups } from './harness/server-backups.js';
import { describeServerBackups, PATIENCE_MS } from './harness/server-peers.js';

const HOUR_MS = 3600_000;

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

  it(
    'nobody ever comes back: the function ends the run and its server at its time, and somebody is told',
    async () => {
      const { reports } = world.standing();
      const id = await savingRun();
      await world.end('SIGKILL');
      world.aheadMs += 7 * HOUR_MS;
      await world.function.start(world.aheadMs);
      world.function.schedule();
      await until('its server is gone', async () => world.standing().servers.length === 0);
      await world.function.stop();
      // What only its own machine could clean is left to that.
      world.aheadMs += HOUR_MS;
      await world.function.start(world.aheadMs);
      world.function.schedule();
      expect(await world.endOf(id)).toMatchObject({
        ...{ status: 'failed', warnings: [lasting], error: { code: 'BACKUP_SERVER_OVERDUE' } },
        // For each hour that its clock has seen.
        server: { state: 'gone', number: 1, cents: 23.8 },
      });
      // Only the machine that is away has something left, and cleans it when it is back.
      const { scratch } = world.standing();
      expect(world.standing()).toEqual({ ...nothing, reports, scratch });
      await until('somebody is told', async () => {
        return world.alerts.some(({ cause }) => cause === 'BACKUP_ORCHESTRATOR_GONE');
      });
      await world.function.stop();
      world.machines.restic.letGo();
      await world.start();
      expect((await world.endOf(await world.ask())).status).toBe(good.status);
      expect(await world.left({ reports })).toEqual({ ...nothing, reports });
    },
    PATIENCE_MS,
  );
});
