import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { JsonObject } from '#libs/kernel';

import { Company } from './company.js';
import { openPlatform, type Platform } from './platform.js';

type Thing = Readonly<Record<string, unknown>>;

const MINUTE = 60_000;

let platform: Platform;
let company: Company;
beforeEach(async () => {
  platform = await openPlatform();
  const { aircall, guesty } = platform.fakes;
  company = new Company(aircall, guesty, platform.clock);
});
afterEach(() => platform.close());

/** So much happens at both providers in so many minutes; the platform does what it does all day. */
const live = async (steps: number, minutes: number): Promise<void> => {
  const { clock, fakes } = platform;
  let syncedAt = clock.now();
  for (let i = 0; i < steps; i++) {
    await company.step();
    clock.pass((minutes * MINUTE) / steps);
    await Promise.all([fakes.aircall.tick(), fakes.guesty.tick()]);
    await platform.pump();
    if (clock.now() - syncedAt < 5 * MINUTE) continue;
    await platform.sync();
    syncedAt = clock.now();
  }
};

const lost = (): readonly string[] => [
  ...platform.fakes.aircall.webhooks.losses.lost,
  ...platform.fakes.guesty.webhooks.losses.lost,
];

/** Two hours in which neither provider tells anything, at the end of which one switches our door off. */
const outage = async (): Promise<void> => {
  platform.fakes.aircall.webhooks.losses.dropNext(250);
  platform.fakes.guesty.webhooks.losses.dropNext(250);
  await live(250, 120);
  platform.fakes.aircall.webhooks.deactivate();
};

const repair = async (from: number): Promise<void> => {
  for (const [source, api] of platform.apis) {
    await api.webhooks.mend(platform.wantedWebhook(source));
    for (const { name: recipe } of api.recipes)
      await platform.runs.askRepair({ source, recipe }, from);
  }
  await platform.sync();
};

const idOf = (source: string, thing: Thing): string =>
  `${source}.main.${String(thing['_id'] ?? thing['id'])}`;
const iso = (seconds: unknown): string => new Date(Number(seconds) * 1000).toISOString();

/** Fields of the provider's state, in the words of our records. */
const told: Readonly<
  Record<
    string,
    { readonly source: 'aircall' | 'guesty'; readonly said: (thing: Thing) => JsonObject }
  >
> = {
  call: {
    source: 'aircall',
    said: ({ started_at, ended_at, duration, status }) => ({
      startedAt: iso(started_at),
      ...(status === 'done' && { endedAt: iso(ended_at), durationSeconds: Number(duration) }),
    }),
  },
  contact: {
    source: 'aircall',
    said: ({ first_name, last_name }) => ({
      firstName: String(first_name),
      lastName: String(last_name),
    }),
  },
  reservation: { source: 'guesty', said: ({ status }) => ({ status: String(status) }) },
  guest: { source: 'guesty', said: ({ fullName }) => ({ fullName: String(fullName) }) },
  listing: { source: 'guesty', said: ({ title }) => ({ title: String(title) }) },
  task: { source: 'guesty', said: ({ title }) => ({ title: String(title) }) },
  guest_message: { source: 'guesty', said: ({ body }) => ({ text: String(body) }) },
};

const things = (kind: string): readonly Thing[] => {
  const { aircall, guesty } = platform.fakes;
  const all: Readonly<Record<string, Iterable<Thing>>> = {
    call: aircall.state.calls.values(),
    contact: aircall.state.contacts.values(),
    reservation: guesty.state.reservations.values(),
    guest: guesty.state.guests.values(),
    listing: guesty.state.listings.values(),
    task: guesty.state.tasks.values(),
    guest_message: [...guesty.state.posts.values()].flat(),
  };
  return [...(all[kind] ?? [])];
};

type Kind = Parameters<Platform['record']>[0];

/** Every thing whose record does not say what its provider's API says. */
const different = async (): Promise<readonly string[]> => {
  const names: string[] = [];
  for (const [kind, { source, said }] of Object.entries(told))
    for (const thing of things(kind)) {
      const id = idOf(source, thing);
      const record = await platform.record(kind as Kind, id);
      const wanted = Object.entries(said(thing));
      if (!record || wanted.some(([field, value]) => record[field] !== value))
        names.push(`${kind} ${id}`);
    }
  return names;
};

describe('two hours of missed events', () => {
  it('are made good within ten minutes, once, as far as the providers’ APIs can', async () => {
    await live(120, 60);
    const from = platform.clock.now();
    await outage();
    expect(lost()).toHaveLength(500);
    expect((await different()).length).toBeGreaterThan(20);

    const recovery = platform.clock.now();
    await repair(from - 10 * MINUTE);
    expect(platform.clock.now() - recovery).toBeLessThan(10 * MINUTE);
    expect(await different()).toEqual([]);
    expect(things('call').length).toBeGreaterThan(40);
  });

  it('tell nothing twice: whatever is read again changes nothing', async () => {
    await live(40, 20);
    const from = platform.clock.now();
    await outage();
    await repair(from - 10 * MINUTE);
    const before = await platform.facts();
    expect(new Set(before.map(({ id }) => id)).size).toBe(before.length);
    await repair(0);
    await platform.sync();
    expect(await platform.facts()).toHaveLength(before.length);
  });

  it('ask each provider no more than it allows, and Guesty for one token', async () => {
    await live(40, 20);
    const from = platform.clock.now();
    await outage();
    await repair(from - 10 * MINUTE);
    const { aircall, guesty } = platform.fakes;
    expect([aircall.throttled, guesty.throttled]).toEqual([0, 0]);
    expect(guesty.tokens.asked).toBe(1);
  });

  it('leave the door registered as it was wanted, and heard through again', async () => {
    await live(20, 10);
    await outage();
    await repair(platform.clock.now());
    for (const [source, api] of platform.apis) {
      const { troubles } = await api.webhooks.inspect(platform.wantedWebhook(source));
      expect({ source, troubles }).toEqual({ source, troubles: [] });
    }
    const before = (await platform.facts()).length;
    await live(4, 2);
    expect((await platform.facts()).length).toBeGreaterThan(before + 4);
  });
});
