import { setImmediate as turn } from 'node:timers/promises';

import type { Scheduler } from 'fast-check';

import { VirtualTime } from './virtual-time.js';

/** Longer than every lease, back-off and probe together: who has not got on by then never will. */
const PATIENCE_MS = 10 * 60_000;
/** No story here needs a tenth of it: more is a loop. */
const MOST_STEPS = 20_000;

/** Something from outside that happens so many steps after the one before. */
export interface Disruption {
  readonly after: number;
  readonly happen: () => void | Promise<void>;
  readonly label: string;
}

/**
 * Lets one thing happen at a time, and fast-check's scheduler says which. Between two steps every call
 * into a real adapter has ended, so a crash falls before a call or after it, never into one.
 */
export class Simulation {
  readonly time = new VirtualTime();
  steps = 0;
  /** Told when a run fails: the scheduler's own log knows only of calls. */
  readonly happened: string[] = [];
  #inFlight = 0;

  constructor(private readonly scheduler: Scheduler) {}

  point(label: string): Promise<void> {
    return this.scheduler.schedule(Promise.resolve(), label);
  }

  /** A call into a real adapter: the next step waits for its end. */
  async during<T>(work: () => T | Promise<T>): Promise<T> {
    this.#inFlight += 1;
    try {
      return await work();
    } finally {
      this.#inFlight -= 1;
    }
  }

  /** Runs until nothing can happen any more and the goal is reached. Throws when it never is. */
  async run(goal: () => Promise<boolean>, disruptions: readonly Disruption[] = []): Promise<void> {
    const coming = [...disruptions];
    let next = this.steps + (coming[0]?.after ?? 0);
    for (;;) {
      await this.settle();
      const disruption = coming[0];
      const idle = this.scheduler.count() === 0;
      if (disruption && (idle || this.steps >= next)) {
        coming.shift();
        this.happened.push(`step ${this.steps}: ${disruption.label}`);
        await disruption.happen();
        next = this.steps + (coming[0]?.after ?? 0);
      } else if (!idle) await this.#step();
      else if (await goal()) return;
      else this.#passTime();
    }
  }

  /** Everything has happened that needs neither a step nor time. The bus writes outcomes a turn later. */
  async settle(): Promise<void> {
    do await turn();
    while (this.#inFlight > 0);
    await turn();
  }

  async #step(): Promise<void> {
    this.steps += 1;
    if (this.steps > MOST_STEPS) throw new Error('the simulation does not come to an end');
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- `waitNext` first spins for tasks that may come; `settle` has waited for them
    await this.scheduler.waitOne();
  }

  #passTime(): void {
    if (this.time.passedMs > PATIENCE_MS || !this.time.jump())
      throw new Error('nothing happens any more, and it is not done');
  }
}
