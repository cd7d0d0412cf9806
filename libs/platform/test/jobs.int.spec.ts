import { afterEach, describe, expect, it } from '@jest/globals';
import { Injectable, Module, type INestApplicationContext, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';

import { SqliteDatabase, sqliteJobQueue } from '#libs/adapters/sqlite';
import type { JobKind } from '#libs/contracts';
import { fault, systemClock, type Fault } from '#libs/kernel';
import type { JobRun } from '#libs/ports/job-queue';

import { Health } from '../src/health/health.js';
import { silentLog } from '../src/logs/log.js';
import { JobOf, type Job, type JobEnd, type Wanted } from '../src/jobs/job.js';
import { Jobs, JobsModule } from '../src/jobs/jobs.module.js';

const kindNamed = (name: string): JobKind => ({
  ...{ name, role: 'desk', concurrency: 1, attempts: 2 },
  backoff: { first: 10, most: 20 },
});
const sweep = kindNamed('sweep-floor.v1');
const polish = kindNamed('polish-shoes.v1');

/** What a spec puts in, and what it sees. */
const desk = {
  wanted: {} as Wanted,
  trouble: undefined as Fault | undefined,
  run: async (_run: JobRun): Promise<JobEnd> => undefined,
  ran: [] as string[],
  givenUp: [] as string[],
  each: () => undefined as void,
};

@Injectable()
@JobOf(sweep)
class SweepFloorWhenDirtyJob implements Job {
  async wanted(): Promise<Wanted> {
    if (desk.trouble) throw desk.trouble;
    return desk.wanted;
  }
  async run(run: JobRun): Promise<JobEnd> {
    desk.ran.push(`${run.key} ${run.attempt}`);
    desk.each();
    return desk.run(run);
  }
  async gaveUp({ key }: JobRun, { code }: Fault): Promise<void> {
    desk.givenUp.push(`${key} ${code}`);
    desk.each();
  }
}

@Injectable()
@JobOf(sweep)
class SweepFloorTwiceJob extends SweepFloorWhenDirtyJob {}

describe('the jobs of a process', () => {
  let app: INestApplicationContext | undefined;
  const health = new Health();
  const database = new SqliteDatabase(':memory:');

  const start = async (kinds: readonly JobKind[], ...providers: Type[]) => {
    Object.assign(desk, { wanted: {}, run: async () => undefined, ran: [], givenUp: [] });
    const queue = sqliteJobQueue({ database, clock: systemClock });
    const options = { queue, kinds, health, log: silentLog, wantEachMs: 20, graceMs: 30 };
    @Module({ imports: [JobsModule.of(options)], providers })
    class Desk {}
    const ref = await Test.createTestingModule({ imports: [Desk] }).compile();
    app = ref;
    try {
      await ref.init();
    } catch (error) {
      await queue.close();
      app = undefined;
      throw error;
    }
    return { queue, jobs: ref.get(Jobs) };
  };

  const until = (met: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      desk.each = () => {
        if (met()) resolve();
      };
      desk.each();
    });

  afterEach(async () => {
    desk.each = () => undefined;
    await app?.close();
    app = undefined;
    await new Promise(setImmediate);
  });

  it('have exactly one handler for each kind', async () => {
    const wrong = { code: 'PLATFORM_JOBS_WRONG' };
    await expect(start([sweep, polish], SweepFloorWhenDirtyJob)).rejects.toMatchObject(wrong);
    await expect(start([], SweepFloorWhenDirtyJob)).rejects.toMatchObject(wrong);
    await expect(start([sweep], SweepFloorWhenDirtyJob, SweepFloorTwiceJob)).rejects.toMatchObject(
      wrong,
    );
  });

  it('run what is wanted, again and again as long as it is', async () => {
    const { queue } = await start([sweep], SweepFloorWhenDirtyJob);
    desk.wanted = { jobs: [{ key: 'hall' }], schedules: [{ key: 'stairs', everyMs: 3_600_000 }] };
    await until(() => desk.ran.filter((run) => run === 'hall 1').length >= 3);
    expect(desk.ran.filter((run) => run.startsWith('stairs'))).toEqual(['stairs 1']);
    desk.wanted = {};
    await queue.close();
  });

  it('run what their owner wakes, without waiting for the next minute', async () => {
    const { queue, jobs } = await start([sweep], SweepFloorWhenDirtyJob);
    await jobs.wake(sweep, [{ key: 'hall' }]);
    await until(() => desk.ran.includes('hall 1'));
    await queue.close();
    await expect(jobs.wake(sweep, [{ key: 'hall' }])).resolves.toBeUndefined();
  });

  it('say when they give up, and why', async () => {
    const { queue, jobs } = await start([sweep], SweepFloorWhenDirtyJob);
    desk.run = async () => {
      throw fault('DEFECT_UNKNOWN');
    };
    await jobs.wake(sweep, [{ key: 'hall' }]);
    await until(() => desk.givenUp.length > 0);
    expect(desk.ran).toEqual(['hall 1', 'hall 2']);
    expect(desk.givenUp).toEqual(['hall DEFECT_UNKNOWN']);
    await queue.close();
  });

  it('wait, each for itself and without using an attempt, while what they need is away', async () => {
    const { queue, jobs } = await start([sweep], SweepFloorWhenDirtyJob);
    let away = true;
    desk.run = async ({ key }) => {
      if (away && key === 'hall') throw fault('BUS_UNAVAILABLE', { retryAfterMs: 1 });
    };
    await jobs.wake(sweep, [{ key: 'hall' }]);
    await until(() => desk.ran.length >= 3);
    expect(desk.ran.every((run) => run === 'hall 1')).toBe(true);
    await jobs.wake(sweep, [{ key: 'stairs' }]);
    await until(() => desk.ran.includes('stairs 1'));
    // Somebody else's server is away, not ours.
    expect(health.report().ready).toBe(true);
    away = false;
    const runs = desk.ran.length;
    await until(() => desk.ran.length > runs);
    await queue.close();
  });

  it('stop the readiness of their role while nobody can tell what is wanted', async () => {
    const { queue } = await start([sweep], SweepFloorWhenDirtyJob);
    const becomes = async (ready: boolean) => {
      while (health.report().ready !== ready) await new Promise(setImmediate);
    };
    desk.trouble = fault('DOCUMENTS_UNAVAILABLE');
    await becomes(false);
    desk.trouble = undefined;
    await becomes(true);
    await queue.close();
  });

  it('are left alone, and go on at the next start, when they do not stop in time', async () => {
    const first = await start([sweep], SweepFloorWhenDirtyJob);
    desk.run = () => new Promise(() => undefined);
    await first.jobs.wake(sweep, [{ key: 'hall' }]);
    await until(() => desk.ran.length > 0);
    await app?.close();
    app = undefined;
    await first.queue.close();
    const second = await start([sweep], SweepFloorWhenDirtyJob);
    await until(() => desk.ran.includes('hall 1'));
    await second.queue.close();
  });

  it('go on at the next start when a stop interrupted them', async () => {
    const first = await start([sweep], SweepFloorWhenDirtyJob);
    desk.run = ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('closed under it')));
      });
    await first.jobs.wake(sweep, [{ key: 'hall' }]);
    await until(() => desk.ran.length > 0);
    await app?.close();
    app = undefined;
    await first.queue.close();
    const second = await start([sweep], SweepFloorWhenDirtyJob);
    await until(() => desk.ran.includes('hall 1'));
    await second.queue.close();
  });
});
