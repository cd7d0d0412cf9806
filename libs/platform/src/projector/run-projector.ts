import type { FactMeta } from '#libs/contracts';
import { readCheckpoint } from '#libs/journal';
import { asFault, backoffDelay, kindRules, type Code, type Fault } from '#libs/kernel';
import type { Documents, Leases } from '#libs/ports/documents';
import type { EventLog, StoredFact } from '#libs/ports/event-log';

import type { Health } from '../health/health.js';
import { systemTimers, type Timers } from '../leases/timers.js';
import { underLease, type LeaseTimes } from '../leases/under-lease.js';
import type { Log } from '../logs/log.js';
import { inSpan } from '../tracing/spans.js';
import { CheckpointWriter, checkAgainstLog } from './checkpoints.js';

/**
 * A projector: tails the log under a lease of its name and can be rebuilt. `apply` gets facts in
 * order, may get some again after a crash, fences what it writes, and parks what it cannot fold itself.
 */
export interface Projector {
  readonly name: string;
  readonly role: string;
  readonly apply: (facts: readonly StoredFact[]) => Promise<void>;
  readonly batch?: number;
  /** Told before anything of a term is read: from then on nothing of an earlier one counts. */
  readonly begin?: (term: number) => Promise<void>;
}

export interface ProjectorParts {
  readonly eventLog: EventLog;
  readonly leases: Leases;
  readonly documents: Documents;
  readonly health: Health;
  readonly log: Log;
  readonly holder: string;
  readonly timers?: Timers;
  readonly times?: LeaseTimes;
}

export interface RunningProjector {
  readonly name: string;
  /** The last position that this process knows to be applied. */
  readonly position: number;
  readonly leading: boolean;
  /** Settles when it stopped: asked to, or for good with `LOG_RESTORED` or `LOG_CHAIN_BROKEN`. */
  readonly stopped: Promise<Fault | undefined>;
  /** Finishes the batch in hand, saves the checkpoint, gives the lease up. */
  stop(): Promise<void>;
}

const BATCH = 256;
const BACKOFF = { first: 500, most: 15_000 };

/** Nothing but a person can put these right, so nothing is tried again. */
const FINAL: ReadonlySet<Code> = new Set<Code>(['LOG_RESTORED', 'LOG_CHAIN_BROKEN']);

const causesOf = (facts: readonly StoredFact[]) => () => facts.map(({ meta }) => causeOf(meta));

/** A fact that cannot be read is the projector's to park; its trace is nobody's reason to stop. */
const causeOf = (meta: string): string | undefined => {
  try {
    return (JSON.parse(meta) as Partial<FactMeta>).traceparent;
  } catch {
    return undefined;
  }
};

export const runProjector = (projector: Projector, parts: ProjectorParts): RunningProjector =>
  new ProjectorRunner(projector, parts);

class ProjectorRunner implements RunningProjector {
  readonly #stop = new AbortController();
  readonly #timers: Timers;
  readonly stopped: Promise<Fault | undefined>;
  position = 0;
  leading = false;
  #failures = 0;

  constructor(
    private readonly projector: Projector,
    private readonly parts: ProjectorParts,
  ) {
    this.#timers = parts.timers ?? systemTimers;
    this.#report(true);
    this.stopped = this.#run();
  }

  get name(): string {
    return this.projector.name;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.stopped;
  }

  async #run(): Promise<Fault | undefined> {
    const { log, leases, holder, timers, times } = this.parts;
    const { name } = this.projector;
    const lease = {
      name: `projector/${name}`,
      holder,
      leases,
      log,
      ...(timers && { timers }),
      ...(times && { times }),
    };
    let final: Fault | undefined;
    await underLease(lease, this.#stop.signal, async (term, signal) => {
      this.leading = true;
      final = await this.#lead(term, signal);
      this.leading = false;
    });
    log.info('projector.stopped', { projector: name, ...(final && { error: final }) });
    return final;
  }

  /** Follows the log as long as the lease lasts; a failure begins again at the checkpoint. */
  async #lead(term: number, signal: AbortSignal): Promise<Fault | undefined> {
    while (!signal.aborted) {
      try {
        await this.#follow(term, signal);
      } catch (thrown) {
        const fault = asFault(thrown);
        this.#failed(fault);
        if (FINAL.has(fault.code)) return fault;
        await this.#timers.sleep(backoffDelay(BACKOFF, ++this.#failures), signal);
      }
    }
    return undefined;
  }

  async #follow(term: number, lease: AbortSignal): Promise<void> {
    const { eventLog, documents } = this.parts;
    const { name, batch = BATCH } = this.projector;
    const trouble = new AbortController();
    const signal = AbortSignal.any([lease, trouble.signal]);
    await this.projector.begin?.(term);
    const checkpoint = await readCheckpoint(documents, name);
    if (checkpoint) await checkAgainstLog(eventLog, checkpoint);
    this.position = checkpoint?.position ?? 0;
    const writer = new CheckpointWriter(documents, name, () => trouble.abort(), this.#timers);
    try {
      while (!signal.aborted) {
        const facts = await eventLog.read(this.position, batch);
        const last = facts.at(-1);
        if (!last) {
          this.#well();
          await eventLog.wake(this.position, signal);
        } else if (!signal.aborted) {
          await this.#apply(facts);
          this.position = last.position;
          writer.save(last, term);
          this.#well();
        }
      }
    } finally {
      await writer.flush();
    }
  }

  #apply(facts: readonly StoredFact[]): Promise<void> {
    const { name, apply } = this.projector;
    return inSpan(`project ${name}`, causesOf(facts), () => apply(facts));
  }

  #well(): void {
    if (this.#failures === 0) return;
    this.#failures = 0;
    this.#report(true);
    this.parts.log.info('projector.resumed', { projector: this.projector.name });
  }

  #failed(fault: Fault): void {
    this.#report(false, fault.code);
    this.parts.log[kindRules[fault.kind].level]('projector.failed', {
      projector: this.projector.name,
      position: this.position,
      attempt: this.#failures + 1,
      error: fault,
    });
  }

  #report(ready: boolean, code?: Code): void {
    const { role, name } = this.projector;
    this.parts.health.role(role, name, ready, code);
  }
}
