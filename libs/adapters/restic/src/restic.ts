import { fault, type Fault } from '#libs/kernel';
import type { RepositoryWatch } from '#libs/ports/snapshot-repository';

import { answers } from './answers.js';
import { runChild, type EndedChild } from './child.js';
import { endpointOf, hasProxy, resticEnvironment } from './environment.js';
import { failureCode } from './failure.js';
import { GRACE_MS, PATIENCE_MS, type ResticOptions } from './options.js';
import { progressIn, stepIn } from './progress.js';
import { codeByRemains, removeUnusedKeys } from './remains.js';
import { Watchdog } from './watchdog.js';

export interface ResticOrder {
  readonly args: readonly string[];
  readonly watch: RepositoryWatch;
  /** Reading takes no lock and keeps no cache, so that it works where nothing may be written. */
  readonly isReading: boolean;
}

/** A restic that has ended, by itself or because it got no further. */
export interface ResticOutcome extends EndedChild {
  readonly gaveUp?: Fault;
}

/** Locks of the dead, and nobody else's, are removed within this time. */
const UNLOCK_MS = 20_000;

/** One repository, by the program. */
export class Restic {
  readonly #options: ResticOptions;
  readonly #endpoint: URL | undefined;
  readonly #patienceMs: number;

  constructor(options: ResticOptions) {
    this.#options = options;
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
    // Through a proxy an answer of our own would say nothing of the way that restic goes.
    this.#endpoint = hasProxy(options.environment) ? undefined : endpointOf(options.repository);
  }

  /** How it ended, well or not. Throws the reason of the signal, a missing program, an unreachable server. */
  async outcome(order: ResticOrder): Promise<ResticOutcome> {
    const { signal } = order.watch;
    signal.throwIfAborted();
    if (this.#endpoint && !(await answers(this.#endpoint, this.#patienceMs)))
      throw fault('BACKUP_REPOSITORY_UNREACHABLE');
    signal.throwIfAborted();
    const outcome = await this.#run(order);
    const isReached = outcome.gaveUp?.code !== 'BACKUP_REPOSITORY_UNREACHABLE';
    const wasStopped = signal.aborted || outcome.wasKilled;
    if (wasStopped && isReached && !order.isReading) await this.#unlockQuietly();
    signal.throwIfAborted();
    return outcome;
  }

  /** Throws where it failed, by the cause. */
  async run(order: ResticOrder): Promise<ResticOutcome> {
    const outcome = await this.outcome(order);
    if (outcome.gaveUp || outcome.exit !== 0) throw await this.faultOf(outcome);
    return outcome;
  }

  /** For what writes: a lock that its owner left behind is broken, once, and a live one is respected. */
  async runLocked(order: ResticOrder, goodExits: readonly number[]): Promise<ResticOutcome> {
    const isGood = ({ exit = -1, gaveUp }: ResticOutcome) => !gaveUp && goodExits.includes(exit);
    let outcome = await this.outcome(order);
    const isLocked = !isGood(outcome) && failureCode(outcome) === 'BACKUP_REPOSITORY_LOCKED';
    if (isLocked) {
      await this.run({ args: ['unlock'], watch: order.watch, isReading: false });
      outcome = await this.outcome(order);
    }
    if (!isGood(outcome)) throw await this.faultOf(outcome);
    return outcome;
  }

  /** Before a repository is made. */
  clearUnused(): Promise<void> {
    return removeUnusedKeys(this.#options.repository);
  }

  /** Why it failed. Never its text: that may name a saved file. */
  async faultOf(outcome: ResticOutcome): Promise<Fault> {
    if (outcome.gaveUp) return outcome.gaveUp;
    const code = await codeByRemains(this.#options.repository, failureCode(outcome));
    return fault(code, { details: { exit: outcome.exit ?? 'signal' } });
  }

  async #run({ args, watch, isReading }: ResticOrder): Promise<ResticOutcome> {
    const { program, cacheDir, graceMs = GRACE_MS } = this.#options;
    const stop = new AbortController();
    let gaveUp: Fault | undefined;
    const giveUp = (reason: Fault): void => {
      gaveUp = reason;
      stop.abort();
    };
    const watchdog = new Watchdog({
      endpoint: this.#endpoint,
      patienceMs: this.#patienceMs,
      giveUp,
    });
    const cache = !isReading && cacheDir ? ['--cache-dir', cacheDir] : ['--no-cache'];
    try {
      const ended = await runChild({
        program,
        args: [...cache, ...(isReading ? ['--no-lock'] : []), ...args],
        env: resticEnvironment(this.#options),
        graceMs,
        signal: AbortSignal.any([watch.signal, stop.signal]),
        onOutput: telling(watch, watchdog),
        onError: (line) => watchdog.heard(line),
      });
      return { ...ended, ...(gaveUp && { gaveUp }) };
    } finally {
      watchdog.end();
    }
  }

  /**
   * Takes away the lock of a restic that was stopped: killed, or asked to end just when it made its lock, which 0.14
   * then forgets. Where this fails, the next one who needs the lock does it.
   */
  async #unlockQuietly(): Promise<void> {
    const watch = { signal: AbortSignal.timeout(UNLOCK_MS) };
    await this.#run({ args: ['unlock'], watch, isReading: false });
  }
}

/** Progress goes to who waits, and says to the watchdog that the work gets further. */
const telling = ({ onProgress }: RepositoryWatch, watchdog: Watchdog) => {
  let last = '';
  return (line: string): void => {
    const step = stepIn(line);
    if (step === last) return;
    last = step;
    watchdog.moved();
    const progress = progressIn(line);
    if (progress) onProgress?.(progress);
  };
};
