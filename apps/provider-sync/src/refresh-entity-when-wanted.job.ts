import { jobs } from '#libs/contracts';
import type { Intake } from '#libs/intake';
import type { Fault } from '#libs/kernel';
import { contexts, JobOf, Process, type Job, type JobEnd, type Wanted } from '#libs/platform';
import type { JobRun } from '#libs/ports/job-queue';
import { Inject, Injectable } from '@nestjs/common';

/** As many as one filling of the queue brings; the next follows within a minute. */
const MANY = 500;

/** Looks an entity up at its provider when something pointed at it. */
@Injectable()
@JobOf(jobs.refreshEntity)
export class RefreshEntityWhenWantedJob implements Job {
  constructor(
    @Inject(contexts.intake) private readonly intake: Intake,
    @Inject(Process) private readonly process: Process,
  ) {}

  async wanted(): Promise<Wanted> {
    return { jobs: (await this.intake.entities.due(MANY)).map((key) => ({ key })) };
  }

  async run({ key }: JobRun): Promise<JobEnd> {
    const { outcome } = await this.intake.refresh(key);
    return outcome === 'wanted_again' ? { goOnAfterMs: 0 } : undefined;
  }

  async gaveUp({ key }: JobRun, { code }: Fault): Promise<void> {
    const again = await this.intake.entities.putOff(key, code);
    this.process.log.warn('entity.not_refreshed', {
      record: key,
      code,
      outcome: again ? 'later' : 'never',
    });
  }
}
