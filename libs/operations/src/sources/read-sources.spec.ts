import { Secret } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';

import { readSources, type ReadSourcesParts } from './read-sources.js';
import type { SyncState } from './source-state.js';
import type { Tally } from './tallies.js';

const DAY = 86_400_000;
const now = 100 * DAY;

const tally = (more: Partial<Tally> = {}): Tally => ({
  ...{ taken: 0, repeated: 0, notUnderstood: 0, failed: 0, canaries: 0, refused: {} },
  ...more,
});

interface World {
  readonly live?: number;
  readonly seen?: readonly number[];
  readonly last?: number;
  readonly waiting?: number;
  readonly day?: Partial<Tally>;
  readonly sync?: Partial<SyncState>;
  readonly alert?: string;
  readonly api?: boolean;
}

const portsOf = ({ live = 1, seen, last, waiting = 0, day, sync, alert, api }: World = {}) =>
  ({
    sources: [
      {
        source: 'guesty',
        secrets: Array.from({ length: live }, (_, i) => new Secret(`secret ${i}`)),
        setting: 'INNKEEPER_GUESTY_SECRETS',
        credentials: api ? ['INNKEEPER_GUESTY_CLIENT_ID'] : [],
      },
    ],
    tallies: {
      told: async (names) => names.map(() => ({ hour: tally(), day: tally(day) })),
    },
    knownSecrets: { seen: async (_, secrets) => seen ?? secrets.map(() => now - DAY) },
    lastDelivery: async (source) => (source === 'guesty' ? last : undefined),
    quarantined: async () => ({ count: waiting, bytes: waiting * 7, more: false }),
    syncs: async () =>
      new Map(sync ? [['guesty', { lists: 2, reading: 0, failed: [], untold: 0, ...sync }]] : []),
    alerts: async () => (alert === undefined ? [] : [{ cause: alert, about: 'guesty' }]),
    now: () => now,
  }) satisfies ReadSourcesParts;

const doorOf = async (world: World) => (await readSources(portsOf(world))()).items[0];
const apiOf = async (world: World) =>
  (await readSources(portsOf({ ...world, api: true }))()).items[1];

describe('the sources of a deployment', () => {
  it('are off without a secret, say which setting it is, and ask nothing of anybody', async () => {
    const door = await doorOf({ live: 0 });
    expect(door).toMatchObject({ on: false, path: '/webhooks/guesty', secrets: [] });
    expect(door?.says).toContain('INNKEEPER_GUESTY_SECRETS');
    expect(door).not.toHaveProperty('next');
  });

  it('have an API beside them where there is one, on as soon as a role reads it', async () => {
    expect(await apiOf({})).toMatchObject({ source: 'guesty-api', way: 'api', on: false });
    const coveredTo = now - 60_000;
    const on = await apiOf({ sync: { coveredTo } });
    expect(on).toMatchObject({ on: true, sync: { lists: 2, coveredTo } });
    expect((await readSources(portsOf())()).items).toHaveLength(1);
  });

  it('need nothing while all is well', async () => {
    const door = await doorOf({ last: now - 1000, live: 2, day: { taken: 3, repeated: 1 } });
    expect(door).toMatchObject({ on: true, lastDelivery: now - 1000, day: { taken: 3 } });
    expect(door).not.toHaveProperty('next');
  });

  const cases: readonly [trouble: string, world: World, next: RegExp][] = [
    ['nothing ever came', {}, /address: <where you are reached>\/webhooks\/guesty/],
    ['it was used, and is shut', { live: 0, last: 1 }, /refuses all now: set INNKEEPER_GUESTY_S/],
    ['something waits unproved', { last: 1, waiting: 3 }, /second.*`innkeeper quarantine retry`/],
    ['a normaliser failed', { last: 1, day: { failed: 1 } }, /`innkeeper dead list`/],
    ['a kind is unknown', { last: 1, day: { notUnderstood: 1 } }, /`innkeeper facts --type/],
    [
      'a rotation has been over for long',
      { last: 1, live: 2, seen: [now - 8 * DAY, now - 90 * DAY] },
      /take the second secret out/,
    ],
    [
      'an alert is raised, whatever else there is',
      { waiting: 3, alert: 'WEBHOOK_SECRET_UNKNOWN' },
      /docs\/runbooks\/webhook-secret-unknown\.md/,
    ],
  ];
  it.each(cases)('say what to do where %s', async (_, world, next) => {
    expect((await doorOf(world))?.next).toMatch(next);
  });

  it('say what to do where a list cannot be read', async () => {
    const api = await apiOf({ sync: { failed: ['calls: PROVIDER_API_REFUSED'] } });
    expect(api?.next).toContain('`innkeeper sync`');
  });

  it('leave a rotation its week, counted from the newer secret', async () => {
    const door = await doorOf({ last: 1, live: 2, seen: [now - 6 * DAY, now - 90 * DAY] });
    expect(door).not.toHaveProperty('next');
  });
});
