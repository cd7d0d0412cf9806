import { describe, expect, it } from '@jest/globals';

import { utf8 } from '#libs/kernel';

import { readFeed } from './read-feed.js';

const at = { t: 1793693561, i: 3 };
const read = (body: unknown) => readFeed(utf8(JSON.stringify(body)));

describe('the body of a feed’s delivery', () => {
  it('is read entry by entry: one that cannot be read takes no other along', () => {
    const good = { id: 'a', at, document: { _id: 'a' } };
    const gone = { id: 'b', at, gone: 'removed' };
    const odd = [
      null,
      { ...good, id: 'ann@example.com' },
      { ...good, id: '__proto__/x' },
      { ...good, at: { t: -1, i: 0 } },
      { ...good, at: { t: 1, i: 0.5 } },
      { ...good, document: {} },
      { id: 'c', at, gone: 'perhaps' },
    ];
    expect(read({ feed: 'chat_message', entries: [odd[0], good, ...odd.slice(1), gone] })).toEqual({
      feed: 'chat_message',
      entries: [good, gone],
      leftOut: [
        'an entry is no object',
        ...['an entry has no id', 'an entry has no id', 'an entry has no time'],
        ...['an entry has no time', 'an entry has no document', 'an entry has no document'],
      ],
    });
  });

  it.each([
    [[], 'the body is not a JSON object'],
    [{ entries: [] }, 'no name of a feed at /feed'],
    [{ feed: 'Not A Name', entries: [] }, 'no name of a feed at /feed'],
    [{ feed: 'crm', entries: {} }, 'no list at /entries'],
  ])('is none: %j', (body, reason) => {
    expect(read(body)).toBe(reason);
  });
});
