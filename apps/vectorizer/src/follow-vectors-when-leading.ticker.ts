import type { Fault } from '#libs/kernel';
import type { Knowledge } from '#libs/knowledge';
import { contexts, Process, TickerNamed, whileLeading, type Ticker } from '#libs/platform';
import { Inject, Injectable } from '@nestjs/common';

const LOOK_MS = 500;
/** An embedder that fails is asked again after this, twice as long each time. */
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

/** Makes vectors in the one process that holds the lease: none is paid for twice. Its tick lasts until the process stops. */
@Injectable()
@TickerNamed('follow-vectors')
export class FollowVectorsWhenLeadingTicker implements Ticker {
  readonly everyMs = LOOK_MS;
  readonly atOnce = true;
  readonly #stop = new AbortController();
  #failed = 0;
  #isForgotten = false;

  constructor(
    @Inject(contexts.knowledge) private readonly knowledge: Knowledge,
    @Inject(Process) private readonly process: Process,
  ) {}

  async tick(): Promise<void> {
    const { parts, holder, log, metrics } = this.process;
    if (!parts.embedder) return this.#forgetOnce();
    const lease = { name: 'keeper/vectors', holder, leases: parts.leases, log };
    await whileLeading(lease, this.#stop.signal, async (signal) => {
      const { refused, trouble, written } = await this.knowledge.followVectors(signal);
      metrics.embedded(written, refused);
      return this.#pauseAfter(trouble);
    });
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Without an embedder none is behind any more. */
  async #forgetOnce(): Promise<void> {
    if (this.#isForgotten) return;
    await this.knowledge.followVectors(this.#stop.signal);
    this.#isForgotten = true;
  }

  /** Words are found all the while: nobody waits for this. */
  #pauseAfter(trouble: Fault | undefined): number {
    const { log } = this.process;
    if (!trouble) {
      if (this.#failed > 0) log.info('vectors.followed_again', { attempt: this.#failed });
      this.#failed = 0;
      return LOOK_MS;
    }
    if (this.#failed === 0) log.warn('vectors.behind', { code: trouble.code });
    this.#failed += 1;
    const pause = FIRST_PAUSE_MS * 2 ** Math.min(this.#failed - 1, 5);
    return Math.min(LONGEST_PAUSE_MS, Math.max(pause, trouble.retryAfterMs ?? 0));
  }
}
