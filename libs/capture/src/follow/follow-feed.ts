import { asFault, backoffDelay, type Code } from '#libs/kernel';

import type { CaptureNotice, CaptureParts, LeaderOptions } from '../followed-feed.js';
import { feedNamed } from '../operate/operate-feeds.js';
import { readStandings, writeStanding, type FeedStanding } from './feed-place.js';
import { FeedSession } from './feed-session.js';
import { SupersededLeader } from './leader-standing.js';

const BACKOFF = { first: 250, most: 10_000 };

/**
 * The work of a feed's leader, until its signal is aborted. After a failure all is read again from what is stored, so
 * it goes on where it stopped.
 */
export const followFeed =
  (parts: CaptureParts) =>
  async (name: string, { term, signal }: LeaderOptions): Promise<void> => {
    const feed = feedNamed(parts.feeds, name);
    let failures = 0;
    while (!signal.aborted) {
      let session: FeedSession | undefined;
      const end = () => void session?.close().catch(() => undefined);
      signal.addEventListener('abort', end);
      try {
        session = await FeedSession.begin(parts, feed, { term });
        while (!signal.aborted) {
          await session.turn();
          failures = 0;
        }
      } catch (thrown) {
        if (signal.aborted) return;
        failures += 1;
        await noteFailure(parts, { name, term }, thrown);
        await parts.sleep(backoffDelay(BACKOFF, failures), signal);
      } finally {
        signal.removeEventListener('abort', end);
        end();
      }
    }
  };

/** For operators: where the feed stands says why. If that cannot be written, the notice alone does. */
const noteFailure = async (
  { documents, notice }: Pick<CaptureParts, 'documents' | 'notice'>,
  { name, term }: { name: string; term: number },
  thrown: unknown,
): Promise<void> => {
  if (thrown instanceof SupersededLeader) {
    notice?.({ feed: name, event: 'superseded' });
    return;
  }
  const { code } = asFault(thrown);
  notice?.({ feed: name, event: eventOf(code), code });
  try {
    const [known] = await readStandings(documents, [name]);
    if (!known || known.standing.term !== term) return;
    const standing = { ...known.standing, ...afterFailure(code) };
    await writeStanding(documents, name, { ...known, standing });
  } catch {
    // It was told above, and the next attempt meets the same.
  }
};

/** Without its place a feed reads everything again, as soon as it can. */
const afterFailure = (code: Code): Partial<FeedStanding> => {
  switch (code) {
    case 'CAPTURE_HISTORY_LOST':
    case 'CAPTURE_COLLECTION_GONE':
      return { phase: 'halted', code, place: undefined, scan: undefined, groupScan: undefined };
    case 'CAPTURE_FORBIDDEN':
      return { phase: 'halted', code };
    default:
      return { code };
  }
};

const eventOf = (code: Code): CaptureNotice['event'] => {
  if (code === 'CAPTURE_UNREACHABLE') return 'unreachable';
  return ['CAPTURE_HISTORY_LOST', 'CAPTURE_COLLECTION_GONE', 'CAPTURE_FORBIDDEN'].includes(code)
    ? 'halted'
    : 'failed';
};
