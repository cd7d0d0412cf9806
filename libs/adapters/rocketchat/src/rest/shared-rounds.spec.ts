import { beforeEach, describe, expect, it } from '@jest/globals';

import { fault } from '#libs/kernel';

import type { RestResult } from './client.js';
import { sharedRounds, type RoomRounds } from './shared-rounds.js';

describe('feeds that look through the same rooms', () => {
  let now: number;
  let asked: string[];
  let answer: () => Promise<RestResult>;
  let rounds: RoomRounds;

  beforeEach(() => {
    now = 1_800_000_000_000;
    asked = [];
    answer = () => Promise.resolve({ body: {}, at: now });
    const ask = (call: string, { roomId = '', lastUpdate = '' } = {}) => {
      asked.push([call, roomId, lastUpdate].join(' ').trim());
      return answer();
    };
    rounds = sharedRounds({ ask, get: ask }, { now: () => now });
  });

  it('ask once for all of them', async () => {
    const one = await rounds.changesIn('lobby', now);
    now += 400;
    expect(await rounds.changesIn('lobby', now)).toBe(one);
    expect(await rounds.rooms()).toBe(await rounds.rooms());
    await rounds.changesIn('office', now);
    expect(asked).toEqual([
      'chat.syncMessages lobby 2027-01-15T08:00:00.000Z',
      'rooms.get',
      'chat.syncMessages office 2027-01-15T08:00:00.000Z',
    ]);
  });

  it('ask again for what is older than what another asked for, or no longer new', async () => {
    await rounds.changesIn('lobby', now);
    await rounds.changesIn('lobby', now - 1);
    await rounds.changesIn('lobby', now);
    now += 500;
    await rounds.changesIn('lobby', now);
    expect(asked).toEqual([
      'chat.syncMessages lobby 2027-01-15T08:00:00.000Z',
      'chat.syncMessages lobby 2027-01-15T07:59:50.000Z',
      'chat.syncMessages lobby 2027-01-15T08:00:00.000Z',
    ]);
  });

  it('share no failure', async () => {
    answer = () => Promise.reject(fault('OUTBOUND_UNREACHABLE'));
    await expect(rounds.changesIn('lobby', now)).rejects.toThrow();
    answer = () => Promise.resolve({ body: {} });
    expect(await rounds.changesIn('lobby', now)).toEqual({ body: {} });
  });

  it('go on where a clock was put back', async () => {
    await rounds.changesIn('lobby', now);
    now -= 60_000;
    await rounds.changesIn('lobby', now + 60_000);
    expect(asked).toHaveLength(2);
  });
});
