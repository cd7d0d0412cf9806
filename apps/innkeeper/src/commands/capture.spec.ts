import { describe, expect, it } from '@jest/globals';

import { fault } from '#libs/kernel';
import type { CheckedFeedAnswer, FeedAnswer } from '#libs/routes';

import { run } from '../../test/fake-outside.js';

const feed = (over: Partial<FeedAnswer> = {}): FeedAnswer => ({
  ...{ name: 'chat_message', phase: 'stream', done: 12_000, lagMs: 400, preImages: false },
  tokenAt: '2026-11-21T11:00:00.000Z',
  parked: [],
  ...over,
});
const listing = (...items: FeedAnswer[]) => ({ feeds: () => Promise.resolve({ items }) });

const checked = (over: Partial<CheckedFeedAnswer> = {}): CheckedFeedAnswer => ({
  ...{ name: 'chat_message', well: true, obstacles: [], historyMs: 7_200_000 },
  ...over,
});
const checking = (...items: CheckedFeedAnswer[]) => ({
  checkFeeds: () => Promise.resolve({ items, well: items.every(({ well }) => well) }),
});

describe('capture list', () => {
  it('lists every feed, and how far it is', async () => {
    const snapshot = feed({ name: 'crm', phase: 'snapshot', done: 400, of: 1_000 });
    const { out, code } = await run('capture', listing(feed(), snapshot));
    expect(code).toBe(0);
    expect(out).toMatch(/chat_message +stream +12,000 +400 ms/);
    expect(out).toMatch(/crm +snapshot +400 of 1,000/);
  });

  it('exits 1 where a feed is halted, and says why', async () => {
    const halted = feed({ phase: 'halted', code: 'CAPTURE_COLLECTION_GONE' });
    const { out, code } = await run('capture list', listing(halted));
    expect(code).toBe(1);
    expect(out).toContain('halted: CAPTURE_COLLECTION_GONE');
  });

  it('exits 1 while a mass deletion waits, and says what to confirm', async () => {
    const { out, code } = await run(
      'capture',
      listing(feed({ waiting: { count: 900, most: 20 } })),
    );
    expect(code).toBe(1);
    expect(out).toContain('at least 900 deletions: confirm chat_message');
  });

  it('says what to set where nothing is followed', async () => {
    const { out, err, code } = await run('capture', listing());
    expect({ out, code }).toEqual({ out: '', code: 0 });
    expect(err).toContain('INNKEEPER_FOLLOW');
  });

  it('gives a machine one line for each feed', async () => {
    const { documents } = await run('capture list --json', listing(feed(), feed({ name: 'crm' })));
    expect(documents).toMatchObject([{ name: 'chat_message', phase: 'stream' }, { name: 'crm' }]);
  });
});

describe('capture check', () => {
  it('is well with advice alone, and says how long one may be away', async () => {
    const advice = { kind: 'advice', text: 'The history is short.' };
    const { out, code } = await run('capture check', checking(checked({ obstacles: [advice] })));
    expect(code).toBe(0);
    expect(out).toContain('history 2 h');
    expect(out).toContain('advice: The history is short.');
  });

  it('exits 1 where something is missing, and says on which side', async () => {
    const right = { kind: 'right', text: 'The user may not read `users`.' };
    const asked = checking(
      checked(),
      checked({ name: 'chat_user', well: false, obstacles: [right] }),
    );
    const { out, code } = await run('capture check', asked);
    expect(code).toBe(1);
    expect(out).toContain('right: The user may not read `users`.');
    expect((await run('capture check --json', asked)).documents).toMatchObject([
      { name: 'chat_message', well: true },
      { name: 'chat_user', well: false, obstacles: [right] },
    ]);
  });

  it('exits 1 where a database could not be asked', async () => {
    const away = checked({ well: false, code: 'CAPTURE_UNREACHABLE' });
    const { out, code } = await run('capture check', checking(away));
    expect(code).toBe(1);
    expect(out).toContain('It could not be asked: CAPTURE_UNREACHABLE.');
  });
});

describe('capture confirm and resnapshot', () => {
  it('ask for one feed', async () => {
    const asked: string[] = [];
    const api = {
      confirmDeletion: async (name: string) => void asked.push(`confirm ${name}`),
      resnapshot: async (name: string) => void asked.push(`resnapshot ${name}`),
    };
    expect((await run('capture confirm chat_message', api)).code).toBe(0);
    expect((await run('capture resnapshot crm --json', api)).documents).toEqual([{ asked: 'crm' }]);
    expect(asked).toEqual(['confirm chat_message', 'resnapshot crm']);
  });

  it('exit 1 where nothing of the name is followed, or nothing waits', async () => {
    for (const code of ['CAPTURE_FEED_UNKNOWN', 'CAPTURE_NOTHING_TO_CONFIRM'] as const) {
      const confirmDeletion = () => Promise.reject(fault(code));
      const answer = await run('capture confirm nothing', { confirmDeletion });
      expect(answer.code).toBe(1);
      expect(answer.err).toContain(code);
    }
  });
});
