import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';

import type { BackupRun } from '#libs/backups';

import { until } from './harness/outside.js';
import { good, lasting, nothing, type ServerBackups } from './harness/server-backups.js';
import { describeServerBackups, PATIENCE_MS } from './harness/server-peers.js';

describeServerBackups(
  'a backup on a server of its own, while something dies or is away',
  (open) => {
    let world: ServerBackups;

    beforeAll(async () => {
      world = await open();
      await world.start();
    }, PATIENCE_MS);

    afterEach(() => world.machines.restic.letGo());

    afterAll(() => world.close(), PATIENCE_MS);

    /** A run whose server is about to save: it has fetched everything. */
    const savingRun = async (kind: 'daily' | 'manual'): Promise<string> => {
      world.machines.restic.hold('backup');
      const id = await world.ask(kind);
      await world.machines.restic.reached();
      return id;
    };

    /** So slow that it is met in the middle of an upload. */
    const slowly = () =>
      world.ways.s3.add({ type: 'bandwidth', stream: 'upstream', attributes: { rate: 50 } });

    const uploading = () => until('it uploads', async () => world.standing().locks.length > 0);

    const stepOf = async (id: string): Promise<BackupRun['step']> => (await world.kept(id)).step;

    it(
      'the server dies in the middle of an upload: another one does all of it again, once',
      async () => {
        const slow = await slowly();
        const id = await world.ask('manual');
        await until('it saves', async () => (await stepOf(id)) === 'save');
        await uploading();
        expect(world.standing().processes).not.toEqual([]);
        world.machines.crash();
        await world.ways.s3.remove(slow);
        world.jump();
        const run = await world.endOf(id);
        expect(run).toMatchObject({
          status: 'succeeded_with_warnings',
          warnings: [
            lasting,
            { code: 'BACKUP_SERVER_LOST', step: 'save', detail: run.server?.name },
          ],
          server: { number: 2, state: 'gone' },
          drill: { verdict: 'good' },
        });
        expect(await world.left()).toEqual(nothing);
      },
      PATIENCE_MS,
    );

    it(
      'the buckets are away in the middle of an upload: it goes on when they are back',
      async () => {
        const slow = await slowly();
        const id = await world.ask('daily');
        await until('it saves', async () => (await stepOf(id)) === 'save');
        await uploading();
        await world.ways.s3.cut();
        await world.ways.s3.remove(slow);
        const heard = (await world.server(id))?.report?.number ?? 0;
        await until('its server says so twice more', async () => {
          return ((await world.server(id))?.report?.number ?? 0) >= heard + 2;
        });
        await world.ways.s3.mend();
        expect(await world.endOf(id)).toMatchObject({ ...good, server: { number: 1 } });
        expect(await world.left()).toEqual(nothing);
      },
      PATIENCE_MS,
    );

    it(
      'the documents of runs are away: the server goes on though nobody can note it, and all is noted later',
      async () => {
        const id = await savingRun('daily');
        await world.ways.firestore.cut();
        await until('nobody can read a run', async () => {
          return (await world.at('viewer').get(`/api/backups/${id}`)).status === 503;
        });
        world.machines.restic.letGo();
        await until('its server is done', async () => {
          return world.machines.seen.at(-1)?.said().includes('"doing":"done"');
        });
        await world.ways.firestore.mend();
        expect(await world.endOf(id)).toMatchObject({ ...good, server: { number: 1 } });
        expect(await world.left()).toEqual(nothing);
      },
      PATIENCE_MS,
    );

    it(
      'the server cannot be deleted: the run says so and ends, so do the doctor and the reaper, until it can',
      async () => {
        const id = await savingRun('daily');
        const [machine] = world.machines.hetzner.machines;
        if (!machine) throw new Error('There is no server.');
        machine.isProtected = true;
        world.machines.restic.letGo();
        const { name } = machine;
        expect(await world.endOf(id)).toMatchObject({
          status: 'succeeded_with_warnings',
          warnings: [lasting, { code: 'SERVER_LEFT', detail: `${name}: SERVER_PROTECTED` }],
          server: { state: 'heard' },
        });
        const refused = await world.type('backup', 'reap');
        expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining('"protected"') });
        const doctor = await world.type('doctor');
        expect(doctor.stdout).toContain('BACKUP_SERVER_LEFT');
        expect(world.standing().servers).toEqual([name]);
        machine.isProtected = false;
        const reaped = await world.type('backup', 'reap');
        expect({ code: reaped.code, ...(JSON.parse(reaped.stdout) as object) }).toMatchObject({
          ...{ code: 0, destroyed: [{ name, run: id }], left: [] },
        });
        expect(await world.kept(id)).toMatchObject({ server: { state: 'gone', cents: 2.98 } });
        expect(await world.left()).toEqual(nothing);
      },
      PATIENCE_MS,
    );
  },
);
