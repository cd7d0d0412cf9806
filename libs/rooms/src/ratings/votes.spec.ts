import { describe, expect, it } from '@jest/globals';

import { changedVoters, votesIn } from './votes.js';

describe('votes', () => {
  it.each([
    [':+1:', 'up'],
    [':thumbsup:', 'up'],
    [':thumbsup_tone1:', 'up'],
    [':+1_tone5:', 'up'],
    [':+1::skin-tone-2:', 'up'],
    ['👍🏽', 'up'],
    [':-1:', 'down'],
    [':thumbsdown_tone3:', 'down'],
    ['👎', 'down'],
    [':+10:', undefined],
    [':tada:', undefined],
    [':thumbsup_all:', undefined],
  ])('are read from %j', (name, vote) => {
    expect(votesIn([{ name, people: ['ana'] }], 'us')).toEqual(vote ? { ana: vote } : {});
  });

  it('leave our own account out, and are down where somebody says both', () => {
    const up = { name: ':+1:', people: ['ana', 'us', 'bo'] };
    const down = { name: ':-1:', people: ['ana'] };
    const votes = { ana: 'down', bo: 'up' };
    expect(votesIn([up, down], 'us')).toEqual(votes);
    expect(votesIn([down, up], 'us')).toEqual(votes);
  });

  it('change for who says something else, something new, or nothing any more', () => {
    const changed = changedVoters(
      { same: 'up', other: 'up', gone: 'down' },
      { same: 'up', other: 'down', new: 'up' },
    );
    expect([...changed].toSorted()).toEqual(['gone', 'new', 'other']);
  });
});
