import type { Leases, LeaseState } from '#libs/ports/documents';

import type { Timers } from '../leases/timers.js';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Lets everything run that needs no time. */
export const settle = async (): Promise<void> => {
  for (let i = 0; i < 4; i++) await new Promise((resolve) => setImmediate(resolve));
};

/** Time in the hand of the test: sleepers wake in order as it is moved on. */
export class FakeTimers implements Timers {
  #time = 0;
  #sleepers: Sleeper[] = [];

  now(): number {
    return this.#time;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const sleeper = { at: this.#time + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal.addEventListener('abort', () => resolve());
    });
  }

  async advance(ms: number): Promise<void> {
    const end = this.#time + ms;
    await settle();
    for (;;) {
      const next = this.#sleepers.sort((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      this.#sleepers.shift();
      this.#time = next.at;
      next.wake();
      await settle();
    }
    this.#time = end;
  }
}

/** Leases of one store, by that store's clock. */
export class FakeLeases implements Leases {
  readonly #held = new Map<string, { holder: string; term: number; until: number }>();

  constructor(private readonly clock: { now(): number }) {}

  acquire(name: string, holder: string, ttlMs: number): Promise<LeaseState | undefined> {
    const held = this.#held.get(name);
    if (held && held.holder !== holder && held.until > this.clock.now())
      return Promise.resolve(undefined);
    const term = (held?.term ?? 0) + 1;
    this.#held.set(name, { holder, term, until: this.clock.now() + ttlMs });
    return Promise.resolve({ name, holder, term, expiresInMs: ttlMs });
  }

  renew(name: string, holder: string, term: number, ttlMs: number): Promise<boolean> {
    const held = this.#held.get(name);
    if (held?.holder !== holder || held.term !== term || held.until <= this.clock.now())
      return Promise.resolve(false);
    held.until = this.clock.now() + ttlMs;
    return Promise.resolve(true);
  }

  release(name: string, holder: string, term: number): Promise<void> {
    const held = this.#held.get(name);
    if (held?.holder === holder && held.term === term) held.until = this.clock.now();
    return Promise.resolve();
  }

  /** As if another process had taken it over. */
  steal(name: string): void {
    const term = (this.#held.get(name)?.term ?? 0) + 1;
    this.#held.set(name, { holder: 'thief', term, until: this.clock.now() + 9_000 });
  }

  list(): Promise<readonly LeaseState[]> {
    return Promise.resolve(
      [...this.#held]
        .filter(([, { until }]) => until > this.clock.now())
        .map(([name, { holder, term, until }]) => ({
          name,
          holder,
          term,
          expiresInMs: until - this.clock.now(),
        })),
    );
  }
}

/** The same store, behaving otherwise in part. */
export const butWith = (leases: Leases, over: Partial<Leases>): Leases => ({
  acquire: (...args) => leases.acquire(...args),
  renew: (...args) => leases.renew(...args),
  release: (...args) => leases.release(...args),
  list: () => leases.list(),
  ...over,
});

/** What a process has that took a lease and was never heard of again. */
export const dyingAfterAcquire = (leases: Leases): Leases => {
  const never = () => new Promise<never>(() => undefined);
  let acquire: Leases['acquire'] = (...args) => {
    acquire = never;
    return leases.acquire(...args);
  };
  return {
    acquire: (...args) => acquire(...args),
    renew: never,
    release: never,
    list: never,
  };
};
