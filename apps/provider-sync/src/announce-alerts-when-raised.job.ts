import { jobs } from '#libs/contracts';
import { alertCauses, type Alert, type Registers } from '#libs/operations';
import { fault } from '#libs/kernel';
import { contexts, JobOf, Metrics, Process, type Job, type Wanted } from '#libs/platform';
import { Inject, Injectable } from '@nestjs/common';

const EVERY_MS = 60_000;

/** Tells whoever the settings name, at least once and in any order: the alert's id and state say what is new. */
@Injectable()
@JobOf(jobs.announceAlerts)
export class AnnounceAlertsWhenRaisedJob implements Job {
  constructor(
    @Inject(contexts.registers) private readonly registers: Registers,
    @Inject(Process) private readonly process: Process,
    @Inject(Metrics) metrics: Metrics,
  ) {
    metrics.gauge('innkeeper_alerts', 'Alerts that are raised and not cleared.', async () => {
      return (await registers.alerts.list('raised')).length;
    });
  }

  async wanted(): Promise<Wanted> {
    if (!this.process.settings.operations.alertsUrl) return {};
    return { schedules: [{ key: 'all', everyMs: EVERY_MS }] };
  }

  async run(): Promise<void> {
    const { parts, settings } = this.process;
    const { alerts } = this.registers;
    const url = settings.operations.alertsUrl;
    if (!url) return;
    for (const alert of await alerts.unannounced()) {
      const { status } = await parts.outbound.send({
        method: 'POST',
        url: url.reveal(),
        headers: {
          'content-type': 'application/json',
          'idempotency-key': `${alert.alert}.${alert.state}`,
        },
        body: JSON.stringify(told(alert)),
      });
      if (status >= 300) throw fault('ALERT_NOT_TAKEN', { details: { status } });
      await alerts.announced(alert);
    }
  }
}

const told = ({ alert, state, cause, about, found, startedAt, clearedAt, gap }: Alert) => ({
  ...{ id: alert, state, cause, about, found },
  ...alertCauses[cause],
  startedAt: new Date(startedAt).toISOString(),
  ...(clearedAt !== undefined && { clearedAt: new Date(clearedAt).toISOString() }),
  ...(gap && {
    gap: { ...gap, from: new Date(gap.from).toISOString(), to: new Date(gap.to).toISOString() },
  }),
});
