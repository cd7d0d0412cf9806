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

/** So much happens at both providers in so many minutes, and the platform does what it does all day. */
const live = async (steps: number, minutes: number): Promise<void> => {
  const { clock, fakes } = platform;
  for (let i = 0; i < steps; i++) {
    await company.step();
    clock.pass((minutes * MINUTE) / steps);
    await Promise.all([fakes.aircall.tick(), fakes.guesty.tick()]);
    await platform.work();
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

/** Every list of both, from its beginning, and what they point at. */
const readAllAgain = async (): Promise<void> => {
  for (const [source, api] of platform.apis)
    for (const { name: recipe } of api.recipes)
      await platform.runs.askRepair({ source, recipe }, 0);
  platform.clock.pass(MINUTE);
  await platform.sync();
  platform.clock.pass(MINUTE);
  await platform.sync();
};

const troublesOf = async (source: string): Promise<readonly string[]> => {
  const webhooks = platform.apis.get(source)?.webhooks;
  return (await webhooks?.inspect(platform.wantedWebhook(source)))?.troubles ?? ['nobody to ask'];
};

/** As its provider's API says it, in every record; and nobody is under way to look. */
const isWhole = async (): Promise<boolean> => (await different()).length === 0;

/** How long until all is as the APIs say, while the company goes on as before. */
const minutesUntilWhole = async (): Promise<number> => {
  const began = platform.clock.now();
  for (let minute = 0; minute < 30; minute++) {
    await live(2, 1);
    if (await isWhole()) return (platform.clock.now() - began) / MINUTE;
  }
  throw new Error(`still different: ${(await different()).join(', ')}`);
};

/** Until nobody is troubled any more, and a while longer. */
const minutesUntilCalm = async (): Promise<void> => {
  for (let minute = 0; minute < 40; minute++) {
    await live(2, 1);
    if ((await platform.alerts.list('raised')).length === 0) return live(10, 10);
  }
  throw new Error('an alert is never cleared');
};

const lostOf = (events: readonly string[]): number =>
  lost().filter((event) => events.includes(event)).length;

describe('two hours of missed events', () => {
  it('are made good within ten minutes, as far as the providers’ APIs can', async () => {
    await live(120, 60);
    await outage();
    expect(lost()).toHaveLength(500);
    expect((await different()).length).toBeGreaterThan(20);
    expect(await minutesUntilWhole()).toBeLessThan(10);
    expect(things('call').length).toBeGreaterThan(45);
    expect(things('guest_message').length).toBeGreaterThan(90);
  });

  it('are told of once by each provider, with window, count and what nothing can bring back', async () => {
    await live(120, 60);
    const from = platform.clock.now();
    await outage();
    const to = platform.clock.now();
    await minutesUntilCalm();
    const alerts = await platform.alerts.list();
    expect(alerts.map(({ about }) => about).sort()).toEqual(['aircall', 'guesty']);
    for (const { about, cause, state, gap } of alerts) {
      expect({ about, cause, state }).toEqual({
        about,
        cause: 'DELIVERIES_INTERRUPTED',
        state: 'cleared',
      });
      expect(Math.abs((gap?.from ?? 0) - from)).toBeLessThan(2 * MINUTE);
      expect(Math.abs((gap?.to ?? 0) - to)).toBeLessThan(6 * MINUTE);
      expect(gap?.found).toBeGreaterThan(10);
      for (const { what, expected } of gap?.lost ?? []) {
        const { events = [] } =
          platform.apis.get(about)?.onlyTold.find((one) => one.what === what) ?? {};
        const missed = lostOf(events);
        expect([what, Math.abs(expected - missed) <= 2 + missed / 5]).toEqual([what, true]);
      }
    }
    expect(alerts.flatMap(({ gap }) => gap?.lost ?? [])).not.toEqual([]);
    const raised = (await platform.facts()).filter(
      ({ type }) => type === 'operations.alert.raised.v1',
    );
    expect(raised).toHaveLength(2);
  });

  it('are in the log once: what is read again, whole, changes nothing', async () => {
    await live(40, 20);
    await outage();
    await minutesUntilCalm();
    await readAllAgain();
    const before = await platform.facts();
    expect(new Set(before.map(({ id }) => id)).size).toBe(before.length);
    const calls = before.filter(({ data }) => data.includes('"call.fetched"'));
    expect(new Set(calls.map(({ stream, data }) => `${stream} ${data}`)).size).toBe(calls.length);
    await readAllAgain();
    expect(await platform.facts()).toHaveLength(before.length);
  });

  it('cost each provider no more than it allows, and Guesty one token', async () => {
    await live(40, 20);
    await outage();
    await minutesUntilCalm();
    const { aircall, guesty } = platform.fakes;
    expect([aircall.throttled, guesty.throttled]).toEqual([0, 0]);
    expect(guesty.tokens.asked).toBe(1);
  });

  it('leave both doors registered as they were wanted', async () => {
    await live(20, 10);
    await outage();
    expect(await troublesOf('aircall')).toEqual(['inactive']);
    await minutesUntilCalm();
    for (const source of platform.apis.keys()) expect(await troublesOf(source)).toEqual([]);
  });
});

describe('a quiet day', () => {
  it('troubles nobody', async () => {
    await live(60, 30);
    for (let hour = 0; hour < 24; hour++) {
      platform.clock.pass(60 * MINUTE);
      await platform.work();
    }
    expect(await platform.alerts.list()).toEqual([]);
  });
});
