import { jobs } from '#libs/contracts';
import type { Intake } from '#libs/intake';
import type { Alert, Operations } from '#libs/operations';
import { contexts, JobOf, Jobs, Process, type Job, type Wanted } from '#libs/platform';
import type { JobRun } from '#libs/ports/job-queue';
import { Inject, Injectable } from '@nestjs/common';

const EVERY_MS = 5 * 60_000;

/** Watches each provider that has an API, and wakes the job that announces alerts. */
@Injectable()
@JobOf(jobs.watchDoor)
export class WatchDoorWhenDueJob implements Job {
  constructor(
    @Inject(contexts.intake) private readonly intake: Intake,
    @Inject(contexts.operations) private readonly operations: Operations,
    @Inject(Jobs) private readonly queue: Jobs,
    @Inject(Process) private readonly process: Process,
  ) {}

  async wanted(): Promise<Wanted> {
    return { schedules: [...this.intake.apis.keys()].map((key) => ({ key, everyMs: EVERY_MS })) };
  }

  async run({ key: source }: JobRun): Promise<void> {
    await this.operations.watchDoor(source, (alert) => this.#tell(alert));
  }

  async #tell({ alert, cause, about, state }: Alert): Promise<void> {
    const fields = { source: about, code: cause, fact: alert };
    if (state === 'raised') this.process.log.error('alert.raised', fields);
    else this.process.log.info('alert.cleared', fields);
    await this.queue.wake(jobs.announceAlerts, [{ key: 'all' }]);
  }
}
