import { jobs } from '#libs/contracts';
import { createWantedEntities, refreshEntity, type WantedEntities } from '#libs/intake';
import type { Fault } from '#libs/kernel';
import {
  JobOf,
  Ports,
  type Job,
  type JobEnd,
  type Log,
  type Wanted,
  type Wired,
} from '#libs/platform';
import type { JobRun } from '#libs/ports/job-queue';
import { Inject, Injectable } from '@nestjs/common';

/** As many as one filling of the queue brings; the next follows within a minute. */
const MANY = 500;

/** Looks an entity up at its provider when something pointed at it. */
@Injectable()
@JobOf(jobs.refreshEntity)
export class RefreshEntityWhenWantedJob implements Job {
  constructor(
    @Inject(refreshEntity) private readonly refresh: Wired<typeof refreshEntity>,
    @Inject(createWantedEntities) private readonly entities: WantedEntities,
    @Inject(Ports.appLog) private readonly log: Log,
  ) {}

  async wanted(): Promise<Wanted> {
    return { jobs: (await this.entities.due(MANY)).map((key) => ({ key })) };
  }

  async run({ key }: JobRun): Promise<JobEnd> {
    const { outcome } = await this.refresh(key);
    return outcome === 'wanted_again' ? { goOnAfterMs: 0 } : undefined;
  }

  async gaveUp({ key }: JobRun, { code }: Fault): Promise<void> {
    const again = await this.entities.putOff(key, code);
    this.log.warn('entity.not_refreshed', {
      record: key,
      code,
      outcome: again ? 'later' : 'never',
    });
  }
}
