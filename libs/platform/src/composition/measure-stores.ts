import { isStoreCorrupt, type Health } from '../health/health.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Parts } from './parts.js';

/** What stores of this process have yet to remove, and whether one of them is damaged. */
export const measureStores = (
  { retained }: Pick<Parts, 'retained'>,
  health: Health,
  metrics: Metrics,
): void => {
  const backlogs = () => Promise.all(retained.map(({ expired }) => expired()));
  metrics.gauge(
    'innkeeper_expired_documents',
    'Documents and keys that have expired and are not removed yet, counted up to 10,000 a collection.',
    async () => (await backlogs()).reduce((sum, { count }) => sum + count, 0),
  );
  metrics.gauge(
    'innkeeper_expired_oldest_seconds',
    'How long ago the oldest of them expired.',
    async () => Math.max(0, ...(await backlogs()).map(({ oldestMs }) => oldestMs / 1000)),
  );
  metrics.gauge(
    'innkeeper_store_corrupt',
    'Stores of this process that found their own file damaged.',
    () => health.report().parts.filter(isStoreCorrupt).length,
  );
};
