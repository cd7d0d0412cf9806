import { projectionsCollection, type ProjectorCheckpoint } from '#libs/journal';
import { asFault, fault, type Fault } from '#libs/kernel';
import type { Documents } from '#libs/ports/documents';
import {
  checkpointOf,
  holdsCheckpoint,
  type Checkpoint,
  type EventLog,
  type StoredFact,
} from '#libs/ports/event-log';

import type { Timers } from '../leases/timers.js';

/** Throws `LOG_RESTORED` where the log does not hold what this projector has seen. */
export const checkAgainstLog = async (log: EventLog, checkpoint: Checkpoint): Promise<void> => {
  if (await holdsCheckpoint(log, checkpoint)) return;
  const { era, position } = checkpoint;
  const head = await log.head();
  throw fault('LOG_RESTORED', {
    details: { checkpoint: position, era, head: head.position, logEra: head.era },
  });
};

/**
 * Between two saves at least. What a crash repeats is fenced, so it may be this much; a commit for each batch
 * would cost as much as a small batch itself.
 */
const PAUSE_MS = 200;

/**
 * Saves the newest checkpoint while the next batch is already in work: one write under way, and only
 * the last of those that came meanwhile after it.
 */
export class CheckpointWriter {
  #next: ProjectorCheckpoint | undefined;
  #writing: Promise<void> | undefined;
  #fault: Fault | undefined;
  readonly #hurry = new AbortController();

  constructor(
    private readonly documents: Documents,
    private readonly projector: string,
    /** Overtaken by another, or not saved: code that waits for more facts must not go on waiting. */
    private readonly onTrouble: () => void,
    private readonly timers: Timers,
  ) {}

  /** Throws what the last write threw: work must not run ahead of a store that is away. */
  save(fact: StoredFact, term: number): void {
    const failed = this.#fault;
    this.#fault = undefined;
    this.#next = { ...checkpointOf(fact), term };
    this.#writing ??= this.#writeAll();
    if (failed) throw failed;
  }

  /** The last: settles when nothing is under way any more. */
  async flush(): Promise<void> {
    this.#hurry.abort();
    await this.#writing;
    const failed = this.#fault;
    this.#fault = undefined;
    if (failed) throw failed;
  }

  async #writeAll(): Promise<void> {
    try {
      for (let next = this.#take(); next; next = this.#take()) {
        await this.#write(next);
        await this.timers.sleep(PAUSE_MS, this.#hurry.signal);
      }
    } catch (error) {
      this.#fault = asFault(error);
      this.onTrouble();
    } finally {
      this.#writing = undefined;
    }
  }

  #take(): ProjectorCheckpoint | undefined {
    const next = this.#next;
    this.#next = undefined;
    return next;
  }

  async #write(checkpoint: ProjectorCheckpoint): Promise<void> {
    const { era, position } = checkpoint;
    const [outcome] = await this.documents.put(projectionsCollection, [
      { id: this.projector, body: { ...checkpoint }, fence: { era, position } },
    ]);
    if (outcome === 'stale') this.onTrouble();
  }
}
