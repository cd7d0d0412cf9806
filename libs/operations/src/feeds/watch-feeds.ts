import type { CaptureItem } from '#libs/capture';
import type { Clock } from '#libs/kernel';

import type { Alert } from '../alerts/alert.js';
import type { Alerts } from '../alerts/alerts.js';
import { captureCauses } from '../alerts/causes.js';
import { feedTroubles } from './feed-troubles.js';

export interface WatchFeedsParts {
  readonly feeds: () => Promise<readonly CaptureItem[]>;
  readonly alerts: Pick<Alerts, 'clear' | 'list' | 'raise'>;
  readonly clock: Clock;
}

/**
 * Raises what is wrong with a feed and clears what is over. What is not followed any more is over, too. Any number of
 * processes may look: they raise one alert.
 */
export const watchFeeds =
  ({ feeds, alerts, clock }: WatchFeedsParts) =>
  async (onChange: (alert: Alert) => unknown): Promise<void> => {
    const items = await feeds();
    const found = items.flatMap((item) =>
      feedTroubles(item).map((trouble) => ({ about: item.name, lagMs: item.lagMs, ...trouble })),
    );
    for (const { about, cause, found: words, lagMs } of found) {
      const startedAt = cause === 'CAPTURE_LAGGING' ? clock.now() - lagMs : clock.now();
      await tell(onChange, await alerts.raise({ cause, about, found: words, startedAt }));
    }
    for (const { cause, about } of await alerts.list('raised')) {
      const isStill = found.some((one) => one.cause === cause && one.about === about);
      if (captureCauses.has(cause) && !isStill)
        await tell(onChange, await alerts.clear(cause, about));
    }
  };

const tell = async (
  onChange: (alert: Alert) => unknown,
  alert: Alert | undefined,
): Promise<void> => {
  if (alert) await onChange(alert);
};
