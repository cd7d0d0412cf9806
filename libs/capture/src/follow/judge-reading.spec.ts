import { describe, expect, it } from '@jest/globals';

import type { JsonObject } from '#libs/kernel';

import { judgeReading } from './judge-reading.js';

const rule = { follows: (group: string) => group === 'r1' };
const feed = {
  collection: {
    groupField: 'room.id',
    standing: ({ is }: JsonObject) => {
      if (is === 'broken') throw new TypeError('nobody expected it');
      return is === 'hidden' || is === 'emptied' || is === 'ignored' ? is : ('there' as const);
    },
  },
};

const judged = (document: JsonObject | undefined, groups: typeof rule | undefined = rule) =>
  judgeReading(feed, groups, {
    ...{ key: '"a"', at: { t: 1, i: 1 }, absence: 'removed' as const },
    ...(document && { document }),
  });

describe('a document that was read', () => {
  it.each<[what: string, document: JsonObject | undefined, verdict: object]>([
    ['is there', { room: { id: 'r1' } }, { is: 'there', group: 'r1' }],
    ['is not there', undefined, { is: 'gone', reason: 'removed' }],
    ['is hidden', { is: 'hidden', room: { id: 'r2' } }, { is: 'gone', reason: 'hidden' }],
    ['is emptied', { is: 'emptied' }, { is: 'gone', reason: 'emptied' }],
    ['never was one', { is: 'ignored' }, { is: 'ignored' }],
    ['is of another room', { room: { id: 'r2' } }, { is: 'gone', reason: 'unfollowed' }],
    ['is of no room', { room: [] }, { is: 'gone', reason: 'unfollowed' }],
    ['is not understood', { is: 'broken' }, { is: 'unread', code: 'DEFECT_UNKNOWN' }],
  ])('%s', (_what, document, verdict) => {
    expect(judged(document)).toMatchObject(verdict);
  });

  it('is there, of any room, where rooms do not matter', () => {
    const verdict = judgeReading(feed, undefined, {
      ...{ key: '"a"', at: { t: 1, i: 1 }, absence: 'missing' },
      document: { room: 7 },
    });
    expect(verdict).toMatchObject({ is: 'there' });
  });

  it('sets only itself aside when it is too deep to have a text', () => {
    let deep: JsonObject = {};
    for (let i = 0; i < 70; i++) deep = { deep };
    expect(judged({ room: { id: 'r1' }, deep })).toEqual({ is: 'unread', code: 'JSON_TOO_DEEP' });
  });
});
