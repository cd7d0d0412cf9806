import { fault } from '#libs/kernel';

import type { BackupsParts } from '../backups-parts.js';
import { hasEnded, type BackupRun, type RunProgress } from './backup-run.js';
import { isHeldBy } from './decide-run.js';
import { CLAIM_MS } from './evolve-run.js';
import { changeRun, type DecidedRun } from './run-documents.js';
import type { HeldRunCommand, RunEvent } from './run-events.js';
import { noticeOf } from './run-notices.js';

/** Three of them fit into a claim, so that one may fail. */
const RENEWED_EVERY_MS = 10_000;
/** So often somebody who watches sees how far it is; a document in a cloud takes one change a second. */
const TOLD_EVERY_MS = 2_000;
const TRIED_EVERY_MS = 2_000;

type Unsigned<T> = T extends unknown ? Omit<T, 'at' | 'holder' | 'term'> : never;
/** What this process wants of its run; who and when is added. */
export type RunWish = Unsigned<HeldRunCommand>;

/** Somebody else works at it by now, or nobody knows: the documents did not answer for as long as a claim lasts. */
const overtaken = () => fault('BACKUP_ALREADY_RUNS');

/** A run while this process has it. Its document says so at each change. */
export class HeldRun {
  #run: BackupRun;
  #progress: RunProgress | undefined;
  #until: number;
  readonly #lost = new AbortController();
  readonly #term: number;

  constructor(
    private readonly parts: BackupsParts,
    run: BackupRun,
  ) {
    this.#run = run;
    this.#term = run.claims;
    this.#until = parts.clock.now() + CLAIM_MS;
  }

  get run(): BackupRun {
    return this.#run;
  }

  /** Aborted when the run is another's. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** What later claims are higher than. */
  get term(): number {
    return this.#term;
  }

  progress(progress: RunProgress): void {
    this.#progress = progress;
  }

  /** Throws `BACKUP_ALREADY_RUNS` where the run is another's. No event: it was done before, and its answer was lost. */
  async change(wish: RunWish): Promise<readonly RunEvent[]> {
    const { parts } = this;
    const at = parts.clock.now();
    const { run, events } = await this.#decided({ ...wish, ...this.#signed(at) });
    const before = this.#run;
    this.#run = run;
    // What was known of a step that is over says nothing of the next one.
    if (run.step !== before.step) this.#progress = undefined;
    for (const event of events) noticeOf(parts, { before, after: run, event });
    if (wish.type === 'let_go') return events;
    if (!hasEnded(run) && !isHeldBy(run, this.#signed(at))) this.#lost.abort(overtaken());
    this.#lost.signal.throwIfAborted();
    this.#until = at + CLAIM_MS;
    return events;
  }

  /** Throws where the run is another's, or has ended by another's hand. */
  async hold(): Promise<void> {
    await this.change({ type: 'renew' });
    if (hasEnded(this.#run)) this.#lost.abort(overtaken());
    this.#lost.signal.throwIfAborted();
  }

  /** Documents that are away are tried again, as long as the run is surely ours. */
  async #decided(command: HeldRunCommand): Promise<DecidedRun> {
    const { parts } = this;
    for (;;) {
      this.#lost.signal.throwIfAborted();
      try {
        return await changeRun(parts, this.#run.id, command);
      } catch (cause) {
        if (parts.clock.now() + TRIED_EVERY_MS >= this.#until) {
          this.#lost.abort(overtaken());
          throw cause;
        }
      }
      await parts.sleep(TRIED_EVERY_MS, this.#lost.signal);
    }
  }

  #signed(at: number) {
    return { at, holder: this.parts.holder, term: this.#term };
  }

  /** Renews the claim until this is over. */
  async keepAlive(over: AbortSignal): Promise<void> {
    let renewedAt = this.parts.clock.now();
    let told: RunProgress | undefined;
    for (;;) {
      await this.parts.sleep(TOLD_EVERY_MS, over);
      if (over.aborted || this.#lost.signal.aborted) return;
      const progress = this.#progress;
      const now = this.parts.clock.now();
      if (progress === told && now - renewedAt < RENEWED_EVERY_MS) continue;
      renewedAt = now;
      told = progress;
      const isKept = await this.change({ type: 'renew', ...(progress && { progress }) }).then(
        () => true,
        () => false,
      );
      if (!isKept) return;
    }
  }
}
