import type { Journal } from '#libs/journal';
import type { StoredFact } from '#libs/ports/event-log';

import type { Generations } from '../project-records/generation.js';
import type { ProjectRecords } from '../project-records/project-records.js';

/**
 * The live projection with a gate in it: a rebuild closes it for a moment, so that both generations stand at one
 * position and can be compared. Which generation is live is read again for every batch: another process may have
 * switched while this one was not leading.
 */
export class LiveGate {
  #busy: Promise<void> = Promise.resolve();

  constructor(
    private readonly generations: Generations,
    private readonly projectInto: (generation: number) => ProjectRecords,
    private readonly journal: Pick<Journal, 'readErasures'>,
  ) {}

  /**
   * Before the first batch of a term, so that an earlier leader cannot switch any more. The process that led
   * meanwhile read erasures that this one did not.
   */
  begin(term: number): Promise<void> {
    return this.#alone(async () => {
      await this.generations.lead(term);
      await this.journal.readErasures();
    });
  }

  apply(facts: readonly StoredFact[]): Promise<void> {
    return this.#alone(async () => {
      await this.projectInto(await this.generations.live())(facts);
    });
  }

  /** Runs while this process applies nothing. */
  whileClosed<T>(work: () => Promise<T>): Promise<T> {
    return this.#alone(work);
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#busy.then(work);
    this.#busy = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }
}
