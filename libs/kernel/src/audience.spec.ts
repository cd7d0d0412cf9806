import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
  groupPrincipal,
  mayRead,
  roomPrincipal,
  staff,
  supersetOf,
  userPrincipal,
  type Readers,
} from './audience.js';

const principal = fc.constantFrom(
  ...staff,
  userPrincipal('1f'),
  roomPrincipal('a'),
  roomPrincipal('b'),
  groupPrincipal('a'),
  groupPrincipal('b'),
);
const audience = fc.uniqueArray(principal, { maxLength: 4 });

describe('who may read', () => {
  it('is whoever is in the audience', () => {
    expect(mayRead([staff], staff)).toBe(true);
    expect(mayRead([staff], ['somebody', ...staff])).toBe(true);
    expect(mayRead([staff], ['somebody'])).toBe(false);
    expect(mayRead([staff], [])).toBe(false);
    expect(mayRead([[]], staff)).toBe(false);
    expect(mayRead([], staff)).toBe(false);
  });

  it('is whoever is in each audience, where several rules limit it', () => {
    const readers = [staff, [groupPrincipal('finance')]];
    expect(mayRead(readers, staff)).toBe(false);
    expect(mayRead(readers, [groupPrincipal('finance')])).toBe(false);
    expect(mayRead(readers, [...staff, groupPrincipal('finance')])).toBe(true);
  });

  it('is not confused by a room and a group, or a user, of one name', () => {
    expect(mayRead([[roomPrincipal('a')]], [groupPrincipal('a'), userPrincipal('a')])).toBe(false);
  });
});

describe('the superset of who may read', () => {
  it('holds everybody who may', () => {
    fc.assert(
      fc.property(fc.array(audience, { minLength: 1, maxLength: 4 }), audience, (all, asker) => {
        if (mayRead(all, asker)) expect(mayRead([supersetOf(all)], asker)).toBe(true);
      }),
    );
  });

  it('is the narrowest of the audiences, and nobody where there are none', () => {
    const readers: Readers = [staff, [roomPrincipal('a'), roomPrincipal('b')], ['group:finance']];
    expect(supersetOf(readers)).toEqual(['group:finance']);
    expect(supersetOf([['group:finance'], [...staff]])).toEqual(['group:finance']);
    expect(supersetOf([])).toEqual([]);
  });
});
