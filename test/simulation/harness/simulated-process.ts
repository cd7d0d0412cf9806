import { fault, type Code } from '#libs/kernel';
import type { Timers } from '#libs/platform';

import type { Simulation } from './simulation.js';

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** An outage of one call: it never arrived, or its answer never came back. */
export type Unanswered = 'not_arrived' | 'answer_lost';

/**
 * One process of the platform: what it has in memory dies with it. Each call it makes waits for its
 * turn twice, before it is made and before its answer arrives, and none of a dead process ever goes on.
 */
export class SimulatedProcess {
  readonly #gone = new AbortController();
  #resumed: PromiseWithResolvers<void> | undefined;
  #unanswered: Unanswered | undefined;
  #pauseAt: { readonly label: string; readonly ms: number } | undefined;
  readonly timers: Timers;

  constructor(
    readonly name: string,
    readonly simulation: Simulation,
  ) {
    const { time } = simulation;
    this.timers = {
      now: () => time.now(),
      sleep: async (ms, signal) => {
        await time.sleep(ms, AbortSignal.any([signal, this.gone]));
        await this.#awake();
      },
    };
  }

  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  get dead(): boolean {
    return this.#gone.signal.aborted;
  }

  crash(): void {
    this.#gone.abort();
  }

  /** As by a stopped virtual machine: what is in its memory it still believes when it wakes. */
  pause(ms: number): void {
    if (this.#resumed || this.dead) return;
    const resumed = Promise.withResolvers<void>();
    this.#resumed = resumed;
    void this.simulation.time.sleep(ms, this.gone).then(() => {
      this.#resumed = undefined;
      resumed.resolve();
    });
  }

  /** The same, but not before it is about to make this call. */
  pauseAt(label: string, ms: number): void {
    this.#pauseAt = { label, ms };
  }

  /** The next call to a back end meets an outage. */
  failNext(unanswered: Unanswered): void {
    this.#unanswered = unanswered;
  }

  async point(label: string): Promise<void> {
    do {
      await this.simulation.point(`${this.name} ${label}`);
      if (!this.#resumed) break;
      await this.#resumed.promise;
    } while (!this.dead);
    if (this.dead) await never();
  }

  /** A call to a back end, with all that may come between the call and its answer. */
  async call<T>(label: string, unavailable: Code, work: () => T | Promise<T>): Promise<T> {
    await this.point(`${label} →`);
    if (this.#pauseAt?.label === label) {
      this.pause(this.#pauseAt.ms);
      this.#pauseAt = undefined;
      await this.#awake();
    }
    const unanswered = this.#unanswered;
    this.#unanswered = undefined;
    if (unanswered === 'not_arrived') throw fault(unavailable);
    const answer = await this.simulation.during(async () => {
      try {
        return { value: await work() };
      } catch (thrown) {
        return { thrown };
      }
    });
    await this.point(`${label} ←`);
    if (unanswered === 'answer_lost') throw fault(unavailable);
    if ('thrown' in answer) throw answer.thrown;
    return answer.value;
  }

  async #awake(): Promise<void> {
    while (this.#resumed) await this.#resumed.promise;
    if (this.dead) await never();
  }
}
