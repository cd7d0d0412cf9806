import { Fault } from '#libs/kernel';
import type { IndexedUnit } from '#libs/ports/search-index';

export type WriteOutcome = 'written' | 'stale';

/** So many units of waiting calls are written together. */
const TOGETHER = 256;

interface WaitingReplace {
  readonly units: readonly IndexedUnit[];
  readonly settle: (outcomes: readonly WriteOutcome[]) => void;
  readonly fail: (error: unknown) => void;
}

type WriteUnits = (units: readonly IndexedUnit[]) => Promise<readonly WriteOutcome[]>;
type Turn = WaitingReplace | { readonly alone: () => Promise<void> };

/** Writes of one generation, one after the other; calls that wait meanwhile are written together, in order. */
export class WriteQueue {
  readonly #turns: Turn[] = [];
  #work: Promise<void> | undefined;

  constructor(private readonly write: WriteUnits) {}

  replace(units: readonly IndexedUnit[]): Promise<readonly WriteOutcome[]> {
    return new Promise((settle, fail) => this.#add({ units, settle, fail }));
  }

  /** With no write of this process beside it. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((settle, fail) => this.#add({ alone: () => work().then(settle, fail) }));
  }

  /** Resolves when nothing waits any more. */
  async drained(): Promise<void> {
    await this.#work;
  }

  #add(turn: Turn): void {
    this.#turns.push(turn);
    this.#work ??= this.#run();
  }

  async #run(): Promise<void> {
    // A caller that writes many units, one call each, has them all here before the first is written.
    await Promise.resolve();
    for (let turn = this.#turns.shift(); turn; turn = this.#turns.shift())
      await ('alone' in turn ? turn.alone() : this.#writeTogether([turn, ...this.#more(turn)]));
    // In the same moment as the last look: else a turn that comes in between would wait forever.
    this.#work = undefined;
  }

  #more(first: WaitingReplace): WaitingReplace[] {
    const more: WaitingReplace[] = [];
    let count = first.units.length;
    for (let next = this.#turns[0]; next && !('alone' in next); next = this.#turns[0]) {
      count += next.units.length;
      if (count > TOGETHER) break;
      more.push(next);
      this.#turns.shift();
    }
    return more;
  }

  async #writeTogether(calls: readonly WaitingReplace[]): Promise<void> {
    try {
      const outcomes = await this.write(calls.flatMap(({ units }) => units));
      let from = 0;
      for (const { units, settle } of calls) settle(outcomes.slice(from, (from += units.length)));
    } catch (error) {
      // What the server refuses may be one caller's: the others do not fail with it.
      const passes = error instanceof Fault && error.kind === 'unavailable';
      if (passes || calls.length === 1) for (const { fail } of calls) fail(error);
      else for (const call of calls) await this.#writeTogether([call]);
    }
  }
}
