import { fault, type Secret } from '#libs/kernel';
import type { Outbound } from '#libs/ports/outbound';

import type { Alert } from './alert.js';
import type { Alerts } from './alerts.js';
import { alertCauses } from './causes.js';

export interface AnnounceAlertsParts {
  readonly alerts: Pick<Alerts, 'unannounced' | 'announced'>;
  readonly outbound: Outbound;
  /** Who is told; missing: nobody. */
  readonly alertsUrl: Secret | undefined;
}

/** What of an alert is told: it comes from the log, or from who watches while nobody writes there. */
export type AnnouncedAlert = Omit<Alert, 'announced' | 'version'>;

/**
 * Tells the server that the settings name, at least once and in any order: the alert's id and state say what is new.
 */
export const announceAlerts =
  ({ alerts, outbound, alertsUrl }: AnnounceAlertsParts) =>
  async (): Promise<void> => {
    if (!alertsUrl) return;
    const announce = announceAlert({ outbound, alertsUrl });
    for (const alert of await alerts.unannounced()) {
      await announce(alert);
      await alerts.announced(alert);
    }
  };

/** One alert; also for who has it from elsewhere than the log. */
export const announceAlert =
  ({ outbound, alertsUrl }: { readonly outbound: Outbound; readonly alertsUrl: Secret }) =>
  async (alert: AnnouncedAlert): Promise<void> => {
    const { status } = await outbound.send({
      method: 'POST',
      url: alertsUrl.reveal(),
      headers: {
        'content-type': 'application/json',
        'idempotency-key': `${alert.alert}.${alert.state}`,
      },
      body: JSON.stringify(announcementOf(alert)),
    });
    if (status >= 300) throw fault('ALERT_NOT_TAKEN', { details: { status } });
  };

const announcementOf = ({
  alert,
  state,
  cause,
  about,
  found,
  startedAt,
  clearedAt,
  gap,
}: AnnouncedAlert) => ({
  ...{ id: alert, state, cause, about, found },
  ...alertCauses[cause],
  startedAt: new Date(startedAt).toISOString(),
  ...(clearedAt !== undefined && { clearedAt: new Date(clearedAt).toISOString() }),
  ...(gap && {
    gap: { ...gap, from: new Date(gap.from).toISOString(), to: new Date(gap.to).toISOString() },
  }),
});
