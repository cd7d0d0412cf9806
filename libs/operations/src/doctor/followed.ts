import type { CaptureItem } from '#libs/capture';

import type { Clock } from '#libs/kernel';
import type { Leases } from '#libs/ports/documents';

import { alertCauses } from '../alerts/causes.js';
import { FEED_PATIENCE_MS, feedTroubles } from '../feeds/feed-troubles.js';
import { finding, spoken, type Finding } from './findings.js';

export interface FollowedParts {
  readonly feeds: () => Promise<readonly CaptureItem[]>;
  readonly leases: Pick<Leases, 'list'>;
  readonly clock: Clock;
  /** When this process began to look. */
  readonly startedAt: number;
}

const NAMED = 5;

/** Feeds that do not come on, and what of them waits for a person. Looked at now: an alert of the same says no more. */
export const examineFollowed = async (parts: FollowedParts): Promise<readonly Finding[]> => {
  const items = await parts.feeds();
  const led = items.length > 0 ? await parts.leases.list() : [];
  return items.flatMap((item) => {
    const lease = leaseOf(item);
    const isLed = led.some(({ name }) => name === lease);
    return [
      ...(!isLed && isOverdue(parts, item) ? [finding('LEASE_FREE', lease, NOBODY)] : []),
      ...troublesOf(item),
      ...asideOf(item),
    ];
  });
};

export const leaseOf = ({ name }: Pick<CaptureItem, 'name'>): string => `capture/${name}`;

const NOBODY = 'No process with the role change-stream-listener follows it.';

/** Between two leaders nobody has it for some seconds, and before the first one there is no place. */
const isOverdue = ({ clock, startedAt }: FollowedParts, { lagMs, tokenAt }: CaptureItem): boolean =>
  lagMs > FEED_PATIENCE_MS || (tokenAt === 0 && clock.now() - startedAt > FEED_PATIENCE_MS);

const troublesOf = (item: CaptureItem): readonly Finding[] =>
  feedTroubles(item).map(({ cause, found }) => {
    const { title, next, runbook } = alertCauses[cause];
    const late = cause === 'CAPTURE_LAGGING' ? ` It is ${spoken(item.lagMs)} behind.` : '';
    const words = found.length > 0 ? ` Found: ${found.join(', ')}.` : '';
    return {
      code: cause,
      about: `feed ${item.name}`,
      says: `${title}${late}${words}`,
      next: `${next} More: ${runbook}.`,
    };
  });

const asideOf = ({ name, parked }: CaptureItem): readonly Finding[] =>
  [...Map.groupBy(parked, ({ code }) => code)].map(([code, documents]) => {
    const ids = documents.slice(0, NAMED).map(({ id }) => id);
    const more = documents.length > NAMED ? ', …' : '';
    const says = `${documents.length} set aside (${code}): ${ids.join(', ')}${more}.`;
    return finding('CAPTURE_DOCUMENTS_ASIDE', `feed ${name}`, says);
  });
