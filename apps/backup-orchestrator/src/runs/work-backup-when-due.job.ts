import type { Backups } from '#libs/backups';
import { jobs } from '#libs/contracts';
import { isId, type Fault } from '#libs/kernel';
import { contexts, JobOf, Process, type Job, type JobEnd, type Wanted } from '#libs/platform';
import type { JobRun } from '#libs/ports/job-queue';
import { Inject, Injectable } from '@nestjs/common';

/** Works at backup runs: which and how far stands in their documents, so a queue that lost everything loses nothing. */
@Injectable()
@JobOf(jobs.workBackup)
export class WorkBackupWhenDueJob implements Job {
  constructor(
    @Inject(contexts.backups) private readonly backups: Backups,
    @Inject(Process) private readonly process: Process,
  ) {}

  async wanted(): Promise<Wanted> {
    return { jobs: (await this.backups.due()).map((key) => ({ key })) };
  }

  /** Told to stop, it lets the run go: another process, or this one at its next start, takes it on. */
  async run({ key, signal }: JobRun): Promise<JobEnd> {
    if (!isId(key)) return undefined;
    const { lookAt } = await this.backups.advance(key, signal);
    if (lookAt === undefined) return undefined;
    return { goOnAfterMs: Math.max(0, lookAt - this.process.clock.now()) };
  }

  /** Nothing is lost: within a minute it is due again. */
  gaveUp({ key }: JobRun, { code }: Fault): Promise<void> {
    this.process.log.warn('backup.put_off', { record: key, code });
    return Promise.resolve();
  }
}
