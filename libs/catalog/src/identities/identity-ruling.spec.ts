import { given } from '#libs/testing';
import { describe, expect, it } from '@jest/globals';

import { identityDecider, type IdentitySettled, type SettleIdentity } from './identity-ruling.js';

const pair: [string, string] = ['contact/aircall.main.1', 'guest/guesty.main.2'];
const settled = (same: boolean, at: number): IdentitySettled => ({
  type: 'catalog.identity.settled.v1',
  occurredAt: at,
  data: { records: pair, same },
});
const settle = (same: boolean, at: number): SettleIdentity => ({ records: pair, same, at });

describe('the decider of identities', () => {
  it('writes the first word on a pair, at its time', () => {
    const { events, state } = given(identityDecider).when(settle(false, 10));
    expect(events).toEqual([settled(false, 10)]);
    expect(state).toEqual({ same: false, position: 1 });
  });

  it('writes nothing when the same word is said again', () => {
    const { events, state } = given(identityDecider, settled(true, 10)).when(settle(true, 20));
    expect(events).toEqual([]);
    expect(state).toEqual({ same: true, position: 1 });
  });

  it('lets the later word hold', () => {
    const past = [settled(true, 10), settled(false, 20)];
    expect(given(identityDecider, ...past).state).toEqual({ same: false, position: 2 });
    expect(given(identityDecider, ...past).when(settle(true, 30)).events).toEqual([
      settled(true, 30),
    ]);
  });
});
