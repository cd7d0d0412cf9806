import { asFault, fault, type Fault } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';
import type { EventLog, StoredFact } from '#libs/ports/event-log';

import type { Timers } from '../leases/timers.js';

/** How far each projector has come. */
export const projectionsCollection: Collection = { name: 'projections', fields: [] };

export interface Checkpoint {
  readonly era: number;
  readonly position: number;
  /** The id of the fact there: another one at this position means another log. */
  readonly fact: string;
  /** When it was appended: the same fact, told again to a restored log, is another commit. */
  readonly recordedAt: number;
  /** Whose it is, among those who held the lease. */
  readonly term: number;
}

export const readCheckpoint = async (
  documents: Documents,
  projector: string,
): Promise<Checkpoint | undefined> => {
  const [found] = await documents.get(projectionsCollection, [projector]);
  return found?.body as unknown as Checkpoint | undefined;
};

/**
 * Throws `LOG_RESTORED` where the log does not hold what this projector has seen: it is shorter, or it
 * went another way. An era that began after the checkpoint is history like any other.
 */
export const checkAgainstLog = async (
  log: EventLog,
  { era, position, fact, recordedAt }: Checkpoint,
): Promise<void> => {
  const [there] = await log.read(position - 1, 1);
  const same = there?.id === fact && there.era === era && there.recordedAt === recordedAt;
  if (same && there.position === position) return;
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
  #next: Checkpoint | undefined;
  #writing: Promise<void> | undefined;
  #fault: Fault | undefined;
  readonly #hurry = new AbortController();

  constructor(
    private readonly documents: Documents,
    private readonly projector: string,
    /** Overtaken by another, or not saved: whoever waits for more facts must not go on waiting. */
    private readonly onTrouble: () => void,
    private readonly timers: Timers,
  ) {}

  /** Throws what the last write threw: work must not run ahead of a store that is away. */
  save({ era, position, id, recordedAt }: StoredFact, term: number): void {
    const failed = this.#fault;
    this.#fault = undefined;
    this.#next = { era, position, fact: id, recordedAt, term };
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

  #take(): Checkpoint | undefined {
    const next = this.#next;
    this.#next = undefined;
    return next;
  }

  async #write(checkpoint: Checkpoint): Promise<void> {
    const { era, position } = checkpoint;
    const [outcome] = await this.documents.put(projectionsCollection, [
      { id: this.projector, body: { ...checkpoint }, fence: { era, position } },
    ]);
    if (outcome === 'stale') this.onTrouble();
  }
}
