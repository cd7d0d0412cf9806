import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { isBefore, orderOf, streamOfLife, type FeedTime } from './index.js';

const moment: fc.Arbitrary<FeedTime> = fc.record({
  t: fc.integer({ min: 1_700_000_000, max: 1_700_000_003 }),
  i: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 999_999 })),
});

const place = ({ occurredAt, rank }: ReturnType<typeof orderOf>): number =>
  occurredAt * 1000 + rank;

describe('moments of a followed database', () => {
  it('are ordered as facts are: by milliseconds, then by a rank of three digits', () => {
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        const [one, other] = [orderOf(a), orderOf(b)];
        expect(place(one) < place(other)).toBe(isBefore(a, b));
        expect(one.rank).toBeLessThan(1000);
      }),
    );
  });
});

describe('the stream of a life', () => {
  it('is named after the thing alone in its first life', () => {
    expect(streamOfLife('chat_message', 'rocketchat.main.a')).toBe(
      'chat_message/rocketchat.main.a',
    );
    expect(streamOfLife('chat_message', 'a', 3)).toBe('chat_message/a/3');
  });
});
