import { asFault, fault, type Clock } from '#libs/kernel';
import type { Documents } from '#libs/ports/documents';

import type { FeedExamination, FollowedFeed } from '../followed-feed.js';
import { waitingDeletions } from '../removals/removals.js';
import { giveOrder } from './feed-orders.js';

interface OperatingParts {
  readonly feeds: readonly FollowedFeed[];
  readonly documents: Documents;
  readonly clock: Clock;
}

export const feedNamed = (feeds: readonly FollowedFeed[], name: string): FollowedFeed => {
  const feed = feeds.find((one) => one.name === name);
  if (!feed) throw fault('CAPTURE_FEED_UNKNOWN', { details: { feed: name } });
  return feed;
};

/** Asks each followed database what hinders us to follow it. */
export const examineFeeds =
  ({ feeds }: Pick<OperatingParts, 'feeds'>) =>
  (): Promise<readonly FeedExamination[]> =>
    Promise.all(
      feeds.map(async ({ name, feed }): Promise<FeedExamination> => {
        try {
          return { name, ...(await feed.examine()) };
        } catch (thrown) {
          return { name, obstacles: [], code: asFault(thrown).code };
        }
      }),
    );

/** What is missing now may go when its time is over. What is missing later waits again. */
export const confirmDeletion =
  (parts: OperatingParts) =>
  async (name: string): Promise<void> => {
    feedNamed(parts.feeds, name);
    const waiting = await waitingDeletions(parts)();
    if (!waiting.has(name)) throw fault('CAPTURE_NOTHING_TO_CONFIRM', { details: { feed: name } });
    const confirmedAt = parts.clock.now();
    await giveOrder(parts.documents, name, (before) => ({ ...before, confirmedAt }));
  };

/** The leader begins a new scan in its next step, also if one runs. */
export const orderScan =
  (parts: OperatingParts) =>
  async (name: string): Promise<void> => {
    feedNamed(parts.feeds, name);
    await giveOrder(parts.documents, name, (before) => ({ ...before, scans: before.scans + 1 }));
  };
