import type { ManualClock } from '#libs/testing';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Sleep that takes no time: the clock goes to the one who wakes first, when nobody has anything else to do. */
export class VirtualSleep {
  readonly #sleepers = new Set<Sleeper>();

  constructor(private readonly clock: ManualClock) {}

  readonly sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    if (signal?.aborted) return;
    const waking = Promise.withResolvers<void>();
    const sleeper = { at: this.clock.now() + ms, wake: waking.resolve };
    this.#sleepers.add(sleeper);
    signal?.addEventListener('abort', () => waking.resolve(), { once: true });
    await waking.promise;
    this.#sleepers.delete(sleeper);
  };

  /** `false`: nobody sleeps, or nobody wakes before that time. */
  wakeNext(before: number): boolean {
    const next = [...this.#sleepers].sort((a, b) => a.at - b.at)[0];
    if (!next || next.at > before) return false;
    this.#sleepers.delete(next);
    this.clock.pass(Math.max(0, next.at - this.clock.now()));
    next.wake();
    return true;
  }
}
