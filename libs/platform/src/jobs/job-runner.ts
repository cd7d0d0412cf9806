import type { JobKind } from '#libs/contracts';
import { asFault, kindRules, type Fault } from '#libs/kernel';
import type { JobOutcome, JobQueue, JobRun, Work } from '#libs/ports/job-queue';

import type { Health } from '../health/health.js';
import type { Log } from '../logs/log.js';
import { startTicker, type StartedTicker } from '../tickers/start-ticker.js';
import { inSpan } from '../tracing/spans.js';
import type { Job, JobEnd } from './job.js';
import { jobFate } from './job-outcome.js';

/** Told about each run; metrics listen here. */
export type OnRun = (kind: JobKind, outcome: string, ms: number) => void;

export interface JobRunnerParts {
  readonly queue: JobQueue;
  readonly health: Health;
  readonly log: Log;
  readonly onRun?: OnRun;
  readonly wantEachMs?: number;
  /** How long a run that is told to stop may take to. */
  readonly graceMs?: number;
}

const WANT_EACH_MS = 60_000;
/** Well within the deadline of a stop. */
const GRACE_MS = 5_000;

/** One kind of job in work: told what is wanted again and again, and what becomes of each run. */
export class JobRunner {
  #work: Work | undefined;
  #wanting: StartedTicker | undefined;
  #closed = false;
  /** In a row, by key: what one needs can be away while another works. */
  readonly #pauses = new Map<string, number>();

  constructor(
    readonly kind: JobKind,
    private readonly job: Job,
    private readonly parts: JobRunnerParts,
  ) {}

  async start(): Promise<void> {
    const { queue, wantEachMs = WANT_EACH_MS } = this.parts;
    this.#report(true);
    this.#work = await queue.work(this.kind, (run) => this.#run(run));
    await this.want();
    if (this.#closed) return;
    const name = `want-${this.kind.name}`;
    const work = { name, everyMs: wantEachMs, tick: () => this.want() };
    this.#wanting = startTicker(work, this.parts.log);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wanting?.pause();
    await this.#work?.close();
  }

  /**
   * Fills the queue from what documents and settings say. Failing costs a minute, and shows in health; a run that
   * fails does not, since what it needs is mostly somebody else's server.
   */
  async want(): Promise<void> {
    const { queue, log } = this.parts;
    try {
      const { jobs = [], schedules = [] } = await this.job.wanted();
      if (this.#closed) return;
      for (const schedule of schedules) await queue.schedule(this.kind, schedule);
      if (jobs.length > 0) await queue.enqueue(this.kind, jobs);
      this.#report(true);
    } catch (thrown) {
      const error = asFault(thrown);
      log[kindRules[error.kind].level]('job.not_wanted', { job: this.kind.name, error });
      if (kindRules[error.kind].message === 'pause') this.#report(false, error);
    }
  }

  async #run(run: JobRun): Promise<JobOutcome> {
    const started = performance.now();
    const done = (outcome: string): void =>
      this.parts.onRun?.(this.kind, outcome, performance.now() - started);
    try {
      const end = await inSpan(
        `run ${this.kind.name}`,
        () => [],
        () => this.#runOrAbandon(run),
      );
      this.#pauses.delete(run.key);
      done(end ? 'going_on' : 'done');
      return end ? { outcome: 'later', afterMs: end.goOnAfterMs } : { outcome: 'done' };
    } catch (thrown) {
      const fault = asFault(thrown);
      // Told to stop, a run may fail on what closes under it; it goes on at the next start.
      if (run.signal.aborted) return { outcome: 'later', afterMs: 0 };
      return this.#failed(run, fault, done);
    }
  }

  /**
   * Told to stop, a run has a moment to come to a place to go on from. Then it is left alone: it may wait for
   * somebody else's server longer than our stop may take, and what it still does is fenced where it lands.
   */
  async #runOrAbandon(run: JobRun): Promise<JobEnd> {
    const { graceMs = GRACE_MS } = this.parts;
    const abandoned = Promise.withResolvers<JobEnd>();
    let timer: NodeJS.Timeout | undefined;
    const arm = (): void => {
      timer = setTimeout(() => abandoned.resolve({ goOnAfterMs: 0 }), graceMs);
    };
    if (run.signal.aborted) arm();
    else run.signal.addEventListener('abort', arm, { once: true });
    try {
      return await Promise.race([this.job.run(run), abandoned.promise]);
    } finally {
      clearTimeout(timer);
      run.signal.removeEventListener('abort', arm);
    }
  }

  async #failed(run: JobRun, fault: Fault, done: (outcome: string) => void): Promise<JobOutcome> {
    const pauses = this.#pauses.get(run.key) ?? 0;
    const { act, outcome } = jobFate(fault, run.attempt + pauses, this.kind);
    if (act === 'paused') this.#pauses.set(run.key, pauses + 1);
    else this.#pauses.delete(run.key);
    this.parts.log[kindRules[fault.kind].level]('job.failed', {
      job: this.kind.name,
      outcome: act,
      attempt: run.attempt,
      ...('afterMs' in outcome && { afterMs: outcome.afterMs }),
      error: fault,
    });
    done(act);
    if (act === 'gave_up') await this.job.gaveUp?.(run, fault);
    return outcome;
  }

  #report(ready: boolean, fault?: Fault): void {
    this.parts.health.role(this.kind.role, this.kind.name, ready, fault?.code);
  }
}
