import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Leases } from './leases.port.js';

/** How a suite holds one store of leases. */
export interface LeasesHarness {
  /** Another client; a connection of its own where the store takes more than one. */
  make(): Promise<Leases>;
  /** Waits until this much time has passed by the clock that judges. */
  pass(ms: number): Promise<void>;
  /** Stops the store and starts it again on what it kept. */
  restart(): Promise<void>;
  dispose(): Promise<void>;
}

export interface LeasesWorld {
  readonly leases: Leases;
  readonly harness: LeasesHarness;
  readonly name: string;
}

export type LeasesBehaviours = Readonly<Record<string, (world: LeasesWorld) => Promise<void>>>;

/** Long enough that no slow machine runs into it by itself. */
const LONG = 60_000;
const SHORT = 400;

const taking: LeasesBehaviours = {
  'gives a free lease with the first term': async ({ leases, name }) => {
    const lease = await leases.acquire(name, 'a', LONG);
    expect(lease).toMatchObject({ name, holder: 'a', term: 1 });
    expect(lease?.expiresInMs).toBeGreaterThan(LONG / 2);
    expect(lease?.expiresInMs).toBeLessThanOrEqual(LONG);
  },

  'refuses a lease that somebody else holds': async ({ leases, harness, name }) => {
    await leases.acquire(name, 'a', LONG);
    expect(await leases.acquire(name, 'b', LONG)).toBeUndefined();
    expect(await (await harness.make()).acquire(name, 'b', LONG)).toBeUndefined();
    expect(await leases.renew(name, 'a', 1, LONG)).toBe(true);
  },

  'gives the holder its own lease again, with the next term': async ({ leases, name }) => {
    await leases.acquire(name, 'a', LONG);
    expect(await leases.acquire(name, 'a', LONG)).toMatchObject({ holder: 'a', term: 2 });
    expect(await leases.renew(name, 'a', 1, LONG)).toBe(false);
    expect(await leases.renew(name, 'a', 2, LONG)).toBe(true);
  },

  'gives an expired lease to the next, whose term is greater': async ({
    leases,
    harness,
    name,
  }) => {
    await leases.acquire(name, 'a', SHORT);
    await harness.pass(SHORT + 50);
    expect(await leases.acquire(name, 'b', LONG)).toMatchObject({ holder: 'b', term: 2 });
    expect(await leases.renew(name, 'a', 1, LONG)).toBe(false);
  },

  'lets exactly one of many win, each time': async ({ harness, name }) => {
    const clients = await Promise.all([1, 2, 3, 4].map(() => harness.make()));
    for (const term of [1, 2, 3]) {
      const taken = await Promise.all(
        clients.map((leases, i) => leases.acquire(name, `holder ${i}`, LONG)),
      );
      const winners = taken.filter((lease) => lease !== undefined);
      expect(winners.map((lease) => lease.term)).toEqual([term]);
      await clients[0]?.release(name, winners[0]?.holder ?? '', term);
    }
  },

  'keeps leases of different names apart, whatever is in a name': async ({ leases, name }) => {
    const names = ['$NOW', '$$NOW', 'a.b', 'ä/🛎'].map((odd) => `${name} ${odd}`);
    for (const odd of names)
      expect(await leases.acquire(odd, odd, LONG)).toMatchObject({ holder: odd, term: 1 });
    const held = (await leases.list()).filter((lease) => names.includes(lease.name));
    expect(held.map((lease) => lease.holder).sort()).toEqual([...names].sort());
  },
};

const keeping: LeasesBehaviours = {
  'keeps a lease that is renewed in time': async ({ leases, harness, name }) => {
    await leases.acquire(name, 'a', SHORT);
    expect(await leases.renew(name, 'a', 1, LONG)).toBe(true);
    await harness.pass(SHORT + 50);
    expect(await leases.acquire(name, 'b', LONG)).toBeUndefined();
    expect(await leases.renew(name, 'a', 1, LONG)).toBe(true);
  },

  'tells a late holder that its lease is lost, taken by another or not': async ({
    leases,
    harness,
    name,
  }) => {
    await leases.acquire(name, 'a', SHORT);
    await harness.pass(SHORT + 50);
    expect(await leases.renew(name, 'a', 1, LONG)).toBe(false);
    expect(await leases.acquire(name, 'b', LONG)).toMatchObject({ term: 2 });
  },

  'renews for the right holder and term only': async ({ leases, name }) => {
    expect(await leases.renew(name, 'a', 1, LONG)).toBe(false);
    await leases.acquire(name, 'a', LONG);
    expect(await leases.renew(name, 'b', 1, LONG)).toBe(false);
    expect(await leases.renew(name, 'a', 2, LONG)).toBe(false);
  },

  'frees a released lease at once, and its next term is still greater': async ({
    leases,
    name,
  }) => {
    await leases.acquire(name, 'a', LONG);
    await leases.release(name, 'a', 1);
    expect(await leases.renew(name, 'a', 1, LONG)).toBe(false);
    expect(await leases.acquire(name, 'b', LONG)).toMatchObject({ holder: 'b', term: 2 });
  },

  'ignores the release of a lease that is not ours any more': async ({ leases, name }) => {
    await leases.release(name, 'a', 1);
    await leases.acquire(name, 'a', LONG);
    await leases.release(name, 'a', 2);
    await leases.release(name, 'b', 1);
    expect(await leases.acquire(name, 'b', LONG)).toBeUndefined();
  },

  'lists the leases that are held, with the time they have left': async ({
    leases,
    harness,
    name,
  }) => {
    await leases.acquire(`${name} long`, 'a', LONG);
    await leases.acquire(`${name} short`, 'a', SHORT);
    await leases.acquire(`${name} given up`, 'a', LONG);
    await leases.release(`${name} given up`, 'a', 1);
    await harness.pass(SHORT + 50);
    const held = (await leases.list()).filter((lease) => lease.name.startsWith(`${name} `));
    expect(held).toMatchObject([{ name: `${name} long`, holder: 'a', term: 1 }]);
    expect(held[0]?.expiresInMs).toBeGreaterThan(0);
    expect(held[0]?.expiresInMs).toBeLessThanOrEqual(LONG);
  },
};

const restarting: LeasesBehaviours = {
  'gives a greater term after a restart': async ({ leases, harness, name }) => {
    await leases.acquire(name, 'a', SHORT);
    await leases.acquire(name, 'a', SHORT);
    await harness.restart();
    const after = await harness.make();
    await harness.pass(SHORT + 50);
    expect(await after.acquire(name, 'b', LONG)).toMatchObject({ holder: 'b', term: 3 });
  },
};

/** Whether a holder outlives the process that keeps the leases: `true`, or why not. */
const heldOver = (held: true | { readonly not: string }): LeasesBehaviours => ({
  [held === true
    ? 'keeps a lease held over a restart'
    : `frees every lease at a restart: ${held.not}`]: async ({ leases, harness, name }) => {
    await leases.acquire(name, 'a', LONG);
    await harness.restart();
    const after = await harness.make();
    const taken = await after.acquire(name, 'b', LONG);
    if (held === true) expect(taken).toBeUndefined();
    else expect(taken).toMatchObject({ holder: 'b', term: 2 });
    expect(await after.renew(name, 'a', 1, LONG)).toBe(held === true);
  },
});

export const leasesBehaviours: LeasesBehaviours = { ...taking, ...keeping };

let made = 0;

export const leasesContract = (
  title: string,
  makeHarness: () => Promise<LeasesHarness>,
  { outlives = true }: { outlives?: true | { readonly not: string } } = {},
): void => {
  describe(title, () => {
    let harness: LeasesHarness;
    beforeAll(async () => {
      harness = await makeHarness();
    }, 120_000);
    afterAll(() => harness.dispose(), 60_000);

    const behaviours = { ...leasesBehaviours, ...restarting, ...heldOver(outlives) };
    for (const [behaviour, run] of Object.entries(behaviours))
      it(
        behaviour,
        async () => run({ leases: await harness.make(), harness, name: `lease ${++made}` }),
        60_000,
      );
  });
};
