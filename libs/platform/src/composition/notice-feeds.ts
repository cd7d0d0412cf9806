import type { CaptureNotice } from '#libs/capture';
import type { Clock } from '#libs/kernel';

import type { Log } from '../logs/log.js';
import type { Metrics } from '../metrics/metrics.js';

interface NoticingParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'followed' | 'happenedToFeed'>;
}

/** A database that is away is tried again and again: one line a minute says enough. */
const AGAIN_MS = 60_000;

/** What does not end by itself, or has to be looked at. */
const grave: ReadonlySet<CaptureNotice['event']> = new Set(['failed', 'halted', 'parked']);
const repeated: ReadonlySet<CaptureNotice['event']> = new Set(['failed', 'halted', 'unreachable']);

/** Figures and log lines of feeds. */
export const noticeFeeds = ({
  clock,
  log,
  metrics,
}: NoticingParts): ((notice: CaptureNotice) => void) => {
  const said = new Map<string, number>();

  const isSaid = ({ feed, event, code }: CaptureNotice): boolean => {
    if (!repeated.has(event)) return false;
    const name = [feed, event, code ?? ''].join(' ');
    const now = clock.now();
    if (now - (said.get(name) ?? -Infinity) < AGAIN_MS) return true;
    said.set(name, now);
    return false;
  };

  return (notice) => {
    const { feed, event, code, count } = notice;
    if (event === 'changed' || event === 'told') {
      metrics.followed(feed, event, count ?? 1);
      return;
    }
    metrics.happenedToFeed(feed, event);
    if (isSaid(notice)) return;
    log[grave.has(event) ? 'warn' : 'info'](`feed.${event}`, {
      source: feed,
      ...(code !== undefined && { code }),
      ...(count !== undefined && { count }),
    });
  };
};
