import type { StoredFact } from '#libs/ports/event-log';

import type { ProjectRecords } from '../project-records/project-records.js';

/**
 * The live projection with a gate in it: a rebuild closes it for a moment, so that both generations
 * stand at one position and can be compared, and what is applied next goes to the one that is live then.
 */
export class LiveGate {
  #busy: Promise<void> = Promise.resolve();
  #applied: number | undefined;

  constructor(private project: ProjectRecords) {}

  apply(facts: readonly StoredFact[]): Promise<void> {
    return this.#alone(async () => {
      await this.project(facts);
      this.#applied = facts.at(-1)?.position ?? this.#applied;
    });
  }

  /** Runs while nothing is applied; tells the last applied position of this process, if there is one. */
  whileClosed<T>(work: (applied: number | undefined) => Promise<T>): Promise<T> {
    return this.#alone(() => work(this.#applied));
  }

  /** From now on facts go elsewhere. Only while closed. */
  redirect(project: ProjectRecords): void {
    this.project = project;
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
