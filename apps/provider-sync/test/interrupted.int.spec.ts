import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import {
  createHistoryRuns,
  historyKeyOf,
  isRepair,
  REPAIR,
  type HistoryRun,
  type Watched,
} from '#libs/intake';
import { createAlerts, watchDoor } from '#libs/operations';
import type { ProviderApi, WebhookTrouble } from '#libs/ports/provider';
import { openEmbedded, type EmbeddedParts } from '#libs/testing';

const MINUTE = 60_000;
const never = () => Promise.reject(new Error('not asked'));
const api: ProviderApi = {
  provider: 'guesty',
  recipes: [{ name: 'reservations', entities: [], by: 'change', passes: [], page: never }],
  onlyTold: [{ what: 'presence', events: [], why: 'no list has it' }],
  ...{ webhooks: { inspect: never, mend: never }, ping: never, lookUp: never },
};

describe('a provider that does not tell us everything any more', () => {
  let parts: EmbeddedParts;
  let told: number | undefined;
  let found: readonly WebhookTrouble[];
  let woken: number;
  const alertNow = async () => (await createAlerts(parts).list())[0];
  const runs = () => createHistoryRuns(parts);

  /** What a pass of its only list has found that was not told since `since`. */
  const passed = async (since: number, count: number, more: Partial<HistoryRun> = {}) => {
    const name = { source: 'guesty', recipe: 'reservations', pass: '0' };
    const known = await runs().find(historyKeyOf({ ...name, ...more }));
    const run = { ...name, askedAt: parts.clock.now(), pages: 1, read: 9, fresh: count };
    const done: HistoryRun = { ...run, state: 'done', untold: { since, count }, ...more };
    await runs().write(done, known?.version ?? 0);
  };
  const look = async () => {
    const watched: Watched = { found, left: [], refusedEvents: [] };
    const look = watchDoor({
      intake: {
        apis: new Map([['guesty', api]]),
        history: { runs: runs(), isRepair },
        webhooks: {
          watch: async () => watched,
          lastTold: async () => told,
          firstToldAfter: async (_source, time) =>
            told !== undefined && told > time ? told : undefined,
          expectedTold: async () => 7,
        },
      },
      alerts: createAlerts(parts),
      clock: parts.clock,
      isWebhookWatched: true,
    });
    await look('guesty', async () => void woken++);
  };

  beforeEach(async () => {
    parts = await openEmbedded();
    told = parts.clock.now();
    found = [];
    woken = 0;
  });
  afterEach(() => parts.close());

  it('is nobody’s trouble in a quiet week', async () => {
    parts.clock.pass(7 * 24 * 60 * MINUTE);
    await passed(told ?? 0, 0);
    await look();
    expect([await alertNow(), woken]).toEqual([undefined, 0]);
  });

  it('is told once when its list shows what it did not say', async () => {
    parts.clock.pass(30 * MINUTE);
    await passed(told ?? 0, 3);
    for (let i = 0; i < 3; i++) await look();
    expect(await alertNow()).toMatchObject({ state: 'raised', found: ['silent'], startedAt: told });
    expect(woken).toBe(1);
  });

  it('is not told for one thing, which may be an accident, nor for what was told since', async () => {
    await passed(told ?? 0, 1);
    await look();
    await passed((told ?? 0) - 60 * MINUTE, 9);
    await look();
    expect(await alertNow()).toBeUndefined();
  });

  it('is over once it tells again and everything since was read again, and says what was missed', async () => {
    const before = told ?? 0;
    found = ['inactive'];
    parts.clock.pass(120 * MINUTE);
    await passed(before, 40);
    await look();
    expect(await alertNow()).toMatchObject({ state: 'raised', found: ['inactive'] });
    const key = historyKeyOf({ source: 'guesty', recipe: 'reservations', pass: REPAIR });
    const repair = async () => (await runs().find(key))?.run;
    // Mended, and what was missed so far is read at once; when it is heard again, all is read once more.
    expect(await repair()).toMatchObject({ state: 'asked', stretch: { from: before } });
    await passed(before, 0, { pass: REPAIR });
    found = [];
    parts.clock.pass(MINUTE);
    told = parts.clock.now();
    await look();
    expect(await repair()).toMatchObject({ state: 'asked', stretch: { from: before } });
    await look();
    expect(await alertNow()).toMatchObject({ state: 'raised' });
    await passed(before, 2, { pass: REPAIR });
    await look();
    expect(await alertNow()).toMatchObject({
      state: 'cleared',
      gap: {
        ...{ from: before, to: parts.clock.now(), found: 42 },
        lost: [{ what: 'presence', expected: 7 }],
      },
    });
    expect(woken).toBe(2);
  });

  it('is not over while it looks right and still says nothing', async () => {
    await passed(told ?? 0, 5);
    await look();
    parts.clock.pass(10 * MINUTE);
    await look();
    expect(await alertNow()).toMatchObject({ state: 'raised' });
  });

  it('is told of a list that has waited for its API for long, and not of one that has just begun to', async () => {
    await passed(0, 0, { state: 'running', code: 'OUTBOUND_UNREACHABLE' });
    await look();
    expect(await alertNow()).toBeUndefined();
    parts.clock.pass(31 * MINUTE);
    await look();
    expect(await alertNow()).toMatchObject({ cause: 'HISTORY_UNREAD', state: 'raised' });
  });

  it('is apart from a list that cannot be read, which is over when it can', async () => {
    await passed(0, 0, { state: 'failed', code: 'PROVIDER_API_REFUSED' as never });
    await look();
    expect(await alertNow()).toMatchObject({
      ...{ cause: 'HISTORY_UNREAD', state: 'raised' },
      found: ['reservations: PROVIDER_API_REFUSED'],
    });
    await passed(0, 0);
    await look();
    expect(await alertNow()).toMatchObject({ state: 'cleared' });
  });
});
