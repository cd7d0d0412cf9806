import type { CaptureItem } from '#libs/capture';

import { alertCauses } from '../alerts/causes.js';
import { feedTroubles } from '../feeds/feed-troubles.js';
import { finding, spoken, type Finding } from './findings.js';

export interface FollowedParts {
  readonly feeds: () => Promise<readonly CaptureItem[]>;
}

const NAMED = 5;

/** Feeds that do not come on, and what of them waits for a person. Looked at now: an alert of the same says no more. */
export const examineFollowed = async ({ feeds }: FollowedParts): Promise<readonly Finding[]> =>
  (await feeds()).flatMap((item) => [...troublesOf(item), ...asideOf(item)]);

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
