import { describe, expect, it } from '@jest/globals';

import { silentLog } from '../logs/log.js';
import { noticeFeeds } from './notice-feeds.js';

const rig = () => {
  let now = 0;
  const lines: string[] = [];
  const figures: string[] = [];
  const write = (event: string) => void lines.push(event);
  const notice = noticeFeeds({
    clock: { now: () => now },
    log: { ...silentLog, info: write, warn: (event) => void lines.push(`! ${event}`) },
    metrics: {
      followed: (feed, outcome, count) => void figures.push(`${feed} ${outcome} ${count}`),
      happenedToFeed: (feed, event) => void figures.push(`${feed} ${event}`),
    },
  });
  return { notice, lines, figures, pass: (ms: number) => void (now += ms) };
};

describe('what following tells', () => {
  it('is counted, and no line for each batch', () => {
    const { notice, lines, figures } = rig();
    notice({ feed: 'jobs', event: 'changed', count: 7 });
    notice({ feed: 'jobs', event: 'told', count: 3 });
    notice({ feed: 'jobs', event: 'scan_done', count: 900 });
    expect(figures).toEqual(['jobs changed 7', 'jobs told 3', 'jobs scan_done']);
    expect(lines).toEqual(['feed.scan_done']);
  });

  it('is one line a minute for a database that is away, of each feed and cause', () => {
    const { notice, lines, pass } = rig();
    const away = { feed: 'jobs', event: 'unreachable', code: 'CAPTURE_UNREACHABLE' } as const;
    for (let i = 0; i < 5; i++) notice(away);
    notice({ ...away, feed: 'crm' });
    notice({ feed: 'jobs', event: 'halted', code: 'CAPTURE_FORBIDDEN' });
    expect(lines).toEqual(['feed.unreachable', 'feed.unreachable', '! feed.halted']);
    pass(60_000);
    notice(away);
    expect(lines).toHaveLength(4);
  });
});
