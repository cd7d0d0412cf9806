import { jobs } from '#libs/contracts';
import type { Operations, Registers } from '#libs/operations';
import { contexts, JobOf, Metrics, Process, type Job, type Wanted } from '#libs/platform';
import { Inject, Injectable } from '@nestjs/common';

const EVERY_MS = 60_000;

/** Announces alerts once a minute, and at once when somebody wakes it. */
@Injectable()
@JobOf(jobs.announceAlerts)
export class AnnounceAlertsWhenRaisedJob implements Job {
  constructor(
    @Inject(contexts.operations) private readonly operations: Operations,
    @Inject(Process) private readonly process: Process,
    @Inject(contexts.registers) { alerts }: Registers,
    @Inject(Metrics) metrics: Metrics,
  ) {
    metrics.gauge('innkeeper_alerts', 'Alerts that are raised and not cleared.', async () => {
      return (await alerts.list('raised')).length;
    });
  }

  async wanted(): Promise<Wanted> {
    if (!this.process.settings.operations.alertsUrl) return {};
    return { schedules: [{ key: 'all', everyMs: EVERY_MS }] };
  }

  async run(): Promise<void> {
    await this.operations.announceAlerts();
  }
}
