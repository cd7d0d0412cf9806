import { orderOf } from '#libs/contracts';
import type { Clock } from '#libs/kernel';
import type { Documents } from '#libs/ports/documents';

import type { CaptureItem, FollowedFeed } from '../followed-feed.js';
import { readStandings, type FeedStanding } from '../follow/feed-place.js';
import { waitingDeletions } from '../removals/removals.js';
import { readParked } from './parked-documents.js';

interface ListingParts {
  readonly feeds: readonly Pick<FollowedFeed, 'name'>[];
  readonly documents: Documents;
  readonly clock: Clock;
}

/** An idle leader says so that often at least. */
const FRESH_MS = 20_000;

/** How far each feed is, from what its leader stored: any process can tell. */
export const listFeeds = (parts: ListingParts) => async (): Promise<readonly CaptureItem[]> => {
  const names = parts.feeds.map(({ name }) => name);
  const [standings, waiting, parked] = await Promise.all([
    readStandings(parts.documents, names),
    waitingDeletions(parts)(),
    Promise.all(names.map((name) => readParked(parts.documents, name))),
  ]);
  const now = parts.clock.now();
  return standings.map(({ standing }, i): CaptureItem => {
    const name = names[i] ?? '';
    const held = waiting.get(name);
    return {
      name,
      ...progressOf(standing, now),
      ...(held && { waiting: held }),
      parked: parked[i] ?? [],
    };
  });
};

const progressOf = (standing: FeedStanding, now: number) => {
  const { phase, scan, size, place, preImages, code } = standing;
  return {
    phase,
    done: scan?.done ?? size,
    ...(scan && { of: scan.of }),
    lagMs: lagOf(standing, now),
    tokenAt: place ? orderOf(place.at).occurredAt : 0,
    preImages,
    ...(code && { code }),
  };
};

/** How late the last change was told; while nobody says that all is told, how long that is so. */
const lagOf = ({ place, caughtUpAt, lagMs }: FeedStanding, now: number): number => {
  if (now - caughtUpAt <= FRESH_MS) return lagMs;
  const since = Math.max(caughtUpAt, place ? orderOf(place.at).occurredAt : 0);
  return since === 0 ? 0 : Math.max(0, now - since);
};
