import { describe, expect, it } from '@jest/globals';

import { HELD_MS } from '../removals/held.js';
import type { ToldState } from '../entities/told-state.js';
import { decideEntry, type JudgedDocument } from './decide-entry.js';

const NOW = 1_800_000_000_000;
const context = {
  ...{ era: 2, pass: 3, now: NOW },
  follows: (group: string | undefined) => group === 'r1',
};
const reading = { key: '"a"', at: { t: 10, i: 1 }, absence: 'missing' as const };
const texts = { told: '{"a":1}', compared: '{"a":1}' };
const digests = { told: 'whole', compared: 'loud' };
const there: JudgedDocument = {
  ...{ id: 'a', reading, digests },
  verdict: { is: 'there', texts, group: 'r1' },
};
const absent: JudgedDocument = { id: 'a', reading, verdict: { is: 'gone', reason: 'missing' } };
const told: ToldState = {
  ...{ key: '"a"', era: 2, at: { t: 4, i: 1 }, digest: 'loud', there: true, group: 'r1', pass: 3 },
};
const toldGone: ToldState = {
  ...{ key: '"a"', era: 2, at: { t: 4, i: 1 }, there: false, gone: 'missing', pass: 3 },
};

describe('the life of a document', () => {
  const back = (state: ToldState) => decideEntry({ ...there, state }, context);

  it('goes on where it was only missed for a while: what is told so far stays', () => {
    const decision = back({ ...toldGone, goneAt: NOW - 1000 });
    expect(decision).toMatchObject({ state: { there: true }, removal: { reason: null } });
    expect(decision.tell).not.toHaveProperty('life');
  });

  it('is another one after somebody took it away: what the first said goes all the same', () => {
    for (const gone of ['removed', 'hidden', 'emptied'] as const) {
      const decision = back({ ...toldGone, gone, goneAt: NOW - 1000 });
      expect(decision).toMatchObject({ tell: { life: 2 }, state: { life: 2 } });
      expect(decision).not.toHaveProperty('removal');
    }
  });

  it('is another one where it was missed for so long that it is erased', () => {
    expect(back({ ...toldGone, goneAt: NOW - HELD_MS })).toMatchObject({ tell: { life: 2 } });
  });

  it('is the same one for a leader who finds the batch in work that began it', () => {
    const noted = { key: '"a"', at: { t: 7, i: 0 }, digest: 'whole' };
    const gone = { ...toldGone, gone: 'removed' as const, goneAt: NOW };
    const kept = { ...told, life: 2 };
    for (const state of [gone, kept])
      expect(decideEntry({ ...there, state, noted }, context).tell).toMatchObject({
        ...{ at: noted.at, life: 2 },
      });
  });

  it('ends as the one that it is', () => {
    const decision = decideEntry({ ...absent, state: { ...told, life: 2 } }, context);
    expect(decision).toMatchObject({ tell: { life: 2 }, removal: { life: 2, reason: 'missing' } });
  });
});

describe('what is told of a document', () => {
  it('is all of it where nothing was told', () => {
    expect(decideEntry(there, context)).toMatchObject({
      tell: { id: 'a', at: reading.at, told: { document: texts.told } },
      note: { key: '"a"', at: reading.at, digest: 'whole' },
      state: { digest: 'loud', there: true, era: 2, pass: 3 },
    });
  });

  it('is nothing where it was told before, or is gone and never was', () => {
    expect(decideEntry({ ...there, state: told }, context)).toEqual({ id: 'a' });
    expect(decideEntry(absent, context)).toEqual({ id: 'a' });
    expect(decideEntry({ ...absent, state: toldGone }, context)).toEqual({ id: 'a' });
  });

  it('is told again to a log that does not know it', () => {
    const older = { ...told, era: 1 };
    expect(decideEntry({ ...there, state: older }, context).tell).toBeDefined();
    const gone = { ...toldGone, era: 1, gone: 'removed' as const };
    expect(decideEntry({ ...absent, state: gone }, context)).toMatchObject({
      tell: { told: { gone: 'removed' } },
      removal: { reason: 'removed' },
    });
  });

  it('is always later than what was told or may have been', () => {
    const state = { ...told, digest: 'other', at: { t: 10, i: 5 } };
    expect(decideEntry({ ...there, state }, context).tell?.at).toEqual({ t: 10, i: 6 });
    const noted = { key: '"a"', at: { t: 11, i: 0 }, digest: 'another' };
    expect(decideEntry({ ...there, state, noted }, context).tell?.at).toEqual({ t: 11, i: 1 });
  });

  it('is the noted entry again where it is still so, and something new where it is not', () => {
    const noted = { key: '"a"', at: { t: 7, i: 0 }, digest: 'whole' };
    expect(decideEntry({ ...there, noted }, context).tell?.at).toEqual(noted.at);
    expect(decideEntry({ ...absent, noted }, context).tell).toEqual({
      ...{ id: 'a', at: reading.at, told: { gone: 'missing' } },
    });
    // It was told before, and something else may have been told since.
    const other = { ...noted, digest: 'another' };
    expect(decideEntry({ ...there, state: told, noted: other }, context).tell).toBeDefined();
  });

  it('takes the removal of what came back away, and brings one forward that is sure now', () => {
    expect(decideEntry({ ...there, state: toldGone }, context)).toMatchObject({
      removal: { reason: null },
    });
    const removed: JudgedDocument = { ...absent, verdict: { is: 'gone', reason: 'removed' } };
    const decision = decideEntry({ ...removed, state: toldGone }, context);
    expect(decision).toMatchObject({ removal: { reason: 'removed' }, state: { gone: 'removed' } });
    expect(decision.tell).toBeUndefined();
  });
});

describe('a document that cannot be read', () => {
  const unread: JudgedDocument = {
    ...{ id: 'a', reading },
    verdict: { is: 'unread', code: 'LOG_FACT_TOO_LARGE', bytes: 9 },
  };

  it('is set aside, and what was told stays', () => {
    const decision = decideEntry({ ...unread, state: told }, context);
    expect(decision).toEqual({
      id: 'a',
      parked: { code: 'LOG_FACT_TOO_LARGE', bytes: 9 },
      state: { ...told, parked: true },
    });
    expect(decideEntry({ ...there, state: { ...told, parked: true } }, context)).toMatchObject({
      parked: null,
      state: told,
    });
  });

  it('is told as soon as it can be read, where nobody knows what was told', () => {
    const noted = { key: '"a"', at: { t: 7, i: 0 }, digest: 'whole' };
    const { state } = decideEntry({ ...unread, state: told, noted }, context);
    expect(state).toMatchObject({ at: noted.at, there: true });
    expect(decideEntry({ ...there, ...(state && { state }) }, context)).toMatchObject({
      tell: { at: reading.at },
      removal: { reason: null },
    });
  });

  it('is gone all the same where its room is not followed any more', () => {
    const state = { ...told, group: 'r2' };
    expect(decideEntry({ ...unread, state }, context)).toMatchObject({
      tell: { told: { gone: 'unfollowed' } },
    });
  });
});
