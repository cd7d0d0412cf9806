import { asFault, backoffDelay, fault, type Clock } from '#libs/kernel';

import { attemptsFor, waitAfter } from '../run/decide-run.js';
import {
  done,
  HOUR_MS,
  type CopyParts,
  type CopyStepWork,
  type StepOfRun,
} from '../run/run-work.js';
import { checkRepositories } from '../run/steps/check-repositories.js';
import { drillRun, proveCopies } from '../run/steps/drill-run.js';
import { saveSources } from '../run/steps/save-sources.js';
import { withinLimit } from '../run/within-limit.js';
import { AgentCopy } from './agent-copy.js';
import { agentSteps, type AgentStep } from './agent-order.js';
import type { AgentEnd, AgentParts, AgentTask } from './agent-parts.js';
import { AgentReporter } from './agent-reporter.js';

/** The very steps of a run, without what only an orchestrator knows. */
const stepsHere: Readonly<Record<AgentStep, StepOfRun<CopyStepWork>>> = {
  save: saveSources,
  check: checkRepositories,
  drill: {
    limitMs: drillRun.limitMs,
    work: async (work) => {
      await proveCopies(work);
      return done;
    },
  },
};

/** Longer than the name of any source, so that no folder is two. */
const BESIDE = 'pulled-from-where-it-lies-at-home-';
/** A copy comes over the network while nothing else is done. */
const PULL_LIMIT_MS = 12 * HOUR_MS;
/** Of its time, so much is left for the last report; of a short one, a tenth. */
const LAST_WORD_MS = 60_000;
/** Who does not answer by then finds the last report where the backups are. */
const HEARD_WITHIN_MS = 2 * 60_000;
const LAST_WAITS = { first: 1_000, most: 15_000 };

/** Fetches, saves, checks and proves for one run, on a server of its own; says everything each time it says something. */
export const workAsAgent = async (parts: AgentParts, task: AgentTask): Promise<AgentEnd> => {
  const agent = new Agent(parts, task);
  return agent.work();
};

class Agent {
  readonly #reporter: AgentReporter;
  readonly #copy: AgentCopy;
  readonly #parts: CopyParts;
  readonly #beganAt: number;
  readonly #over = new AbortController();
  readonly #overdue = new AbortController();

  constructor(
    private readonly home: AgentParts,
    private readonly task: AgentTask,
  ) {
    this.#beganAt = home.monotonic();
    this.#parts = { ...home, clock: this.#clock() };
    this.#copy = new AgentCopy(this.#parts.clock, task.order);
    this.#reporter = new AgentReporter(home, task);
  }

  /** That of who ordered it, for times are compared with theirs; counted by what never jumps. */
  #clock(): Clock {
    const { now } = this.task.order;
    return { now: () => Math.round(now + this.home.monotonic() - this.#beganAt) };
  }

  #left(): number {
    return this.task.order.expiresAt - this.#parts.clock.now();
  }

  async work(): Promise<AgentEnd> {
    const { signal } = this.task;
    const { sleep } = this.home;
    const time = this.#left() - Math.min(LAST_WORD_MS, this.#left() / 10);
    void sleep(time, this.#over.signal).then(() =>
      this.#overdue.abort(fault('BACKUP_SERVER_OVERDUE')),
    );
    const telling = new AbortController();
    const told = this.#reporter.keepTelling(AbortSignal.any([telling.signal, signal]));
    try {
      await this.#workAtAll();
    } finally {
      telling.abort();
      await told;
      this.#over.abort();
    }
    return this.#end();
  }

  async #workAtAll(): Promise<void> {
    let at: AgentStep | 'pull' = 'pull';
    const stopping = this.#stopping();
    const begins = (step: AgentStep | 'pull'): void => {
      at = step;
      this.#reporter.does(step);
    };
    try {
      const steps = agentSteps.filter((step) => this.task.order.steps.includes(step));
      for (const step of steps) {
        at = step;
        await this.#reporter.mayBegin(step, stopping);
        if (step === 'save') {
          begins('pull');
          await this.#pull();
        }
        begins(step);
        await this.#step(step);
      }
    } catch (thrown) {
      const { code } = asFault(thrown);
      const note = at === 'pull' ? {} : this.#copy.noted(at);
      const hasNote = Object.keys(note).length > 0;
      this.#reporter.failed({ at, code, ...(hasNote && { note }) });
    }
  }

  #stopping(): AbortSignal {
    return AbortSignal.any([this.task.signal, this.#overdue.signal, this.#reporter.dismissed]);
  }

  async #pull(): Promise<void> {
    const unsaved = this.#copy.run.sources.filter(({ snapshot }) => snapshot === undefined);
    for (const source of unsaved) {
      const { name, manifest } = source;
      const amount = { ...(manifest && { files: manifest.files, bytes: manifest.bytes }) };
      await this.#tried(PULL_LIMIT_MS, async (signal) => {
        const scratch = await this.#scratch();
        const paths = await this.home.pull(
          {
            source,
            into: await scratch.exportsOf(name),
            beside: (place) => scratch.exportsOf(`${BESIDE}${name}-${place}`),
          },
          {
            signal,
            onProgress: (progress) => this.#reporter.progress({ of: name, ...amount, ...progress }),
          },
        );
        this.#copy.pulled(name, paths);
      });
    }
  }

  #scratch() {
    return this.#parts.scratch.take(this.#copy.run.id, 1);
  }

  async #step(step: AgentStep): Promise<void> {
    const { limitMs, work } = stepsHere[step];
    const startedAt = this.#parts.clock.now();
    await this.#tried(limitMs, async (signal) => {
      const end = await work(this.#workOf(signal));
      // What was fetched is not here any more.
      if (end.is !== 'done') throw fault('BACKUP_SOURCE_MISSING');
    });
    const endedAt = this.#parts.clock.now();
    this.#reporter.stepEnded({ step, startedAt, endedAt, note: this.#copy.noted(step) });
    this.#copy.stepEnded();
  }

  #workOf(signal: AbortSignal): CopyStepWork {
    return {
      ...{ parts: this.#parts, signal, run: () => this.#copy.run },
      hold: async () => signal.throwIfAborted(),
      note: async (note) => this.#copy.note(note),
      progress: (progress) => this.#reporter.progress(progress),
      scratch: () => this.#scratch(),
    };
  }

  /** As often, and after such rests, as in a run that works where the platform lives. */
  async #tried(limitMs: number, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const stopping = this.#stopping();
    const { sleep } = this.home;
    for (let failures = 1; ; failures++) {
      try {
        return await withinLimit({ limitMs, stopping, sleep, work });
      } catch (thrown) {
        stopping.throwIfAborted();
        const { code, retryAfterMs } = asFault(thrown);
        const rest = waitAfter(failures, retryAfterMs);
        // Nobody frees a disk here. And its time may be over before it could try again: this is what kept it.
        const isFinal = code === 'BACKUP_SCRATCH_FULL' || rest >= this.#left();
        if (isFinal || failures >= attemptsFor(code)) throw thrown;
        await sleep(rest, stopping);
        stopping.throwIfAborted();
      }
    }
  }

  /** Says the last word until somebody has heard it, or it lies where the backups are. */
  async #end(): Promise<AgentEnd> {
    const { signal } = this.task;
    const { sleep, monotonic } = this.home;
    this.#reporter.does('done');
    const over = new AbortController();
    void sleep(Math.max(0, this.#left()), over.signal).then(() => over.abort());
    const stopping = AbortSignal.any([signal, over.signal]);
    const since = monotonic();
    let isLeft = false;
    try {
      for (let tries = 1; !stopping.aborted; tries++) {
        if (this.#reporter.dismissed.aborted) return 'dismissed';
        if (await this.#reporter.send(stopping)) return 'heard';
        isLeft ||= await this.#leave(stopping);
        if (isLeft && monotonic() - since >= HEARD_WITHIN_MS) return 'left';
        await sleep(backoffDelay(LAST_WAITS, tries), stopping);
      }
      if (isLeft) return 'left';
      return signal.aborted ? 'stopped' : 'unheard';
    } finally {
      over.abort();
    }
  }

  async #leave(signal: AbortSignal): Promise<boolean> {
    if (this.#reporter.dismissed.aborted) return false;
    try {
      await this.home.leave(this.#reporter.next(), { signal });
      return true;
    } catch {
      return false;
    }
  }
}
