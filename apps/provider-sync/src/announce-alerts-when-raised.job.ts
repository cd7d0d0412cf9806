import { jobs } from '#libs/contracts';
import { alertCauses, createAlerts, type Alert, type Alerts } from '#libs/operations';
import { fault } from '#libs/kernel';
import { JobOf, Metrics, Ports, type Job, type Settings, type Wanted } from '#libs/platform';
import type { Outbound } from '#libs/ports/outbound';
import { Inject, Injectable } from '@nestjs/common';

const EVERY_MS = 60_000;

/** Tells whoever the settings name, at least once and in any order: the alert's id and state say what is new. */
@Injectable()
@JobOf(jobs.announceAlerts)
export class AnnounceAlertsWhenRaisedJob implements Job {
  constructor(
    @Inject(createAlerts) private readonly alerts: Alerts,
    @Inject(Ports.outbound) private readonly outbound: Outbound,
    @Inject(Ports.settings) private readonly settings: Settings,
    @Inject(Metrics) metrics: Metrics,
  ) {
    metrics.gauge('innkeeper_alerts', 'Alerts that are raised and not cleared.', async () => {
      return (await alerts.list('raised')).length;
    });
  }

  async wanted(): Promise<Wanted> {
    if (!this.settings.operations.alertsUrl) return {};
    return { schedules: [{ key: 'all', everyMs: EVERY_MS }] };
  }

  async run(): Promise<void> {
    const url = this.settings.operations.alertsUrl;
    if (!url) return;
    for (const alert of await this.alerts.unannounced()) {
      const { status } = await this.outbound.send({
        method: 'POST',
        url: url.reveal(),
        headers: {
          'content-type': 'application/json',
          'idempotency-key': `${alert.alert}.${alert.state}`,
        },
        body: JSON.stringify(told(alert)),
      });
      if (status >= 300) throw fault('ALERT_NOT_TAKEN', { details: { status } });
      await this.alerts.announced(alert);
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
