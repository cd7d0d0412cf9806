import type { Capture } from '#libs/capture';
import { asFault } from '#libs/kernel';
import {
  contexts,
  Process,
  systemTimers,
  TickerNamed,
  underLease,
  type Ticker,
} from '#libs/platform';
import { Inject, Injectable } from '@nestjs/common';

const ROLE = 'change-stream-listener';
const LOOK_MS = 1_000;
/** What failed for another reason than its database is tried again after this, twice as long each time. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Follows each feed in the one process that holds its lease; several processes share the feeds as they come by them.
 * Its tick lasts until the process stops.
 */
@Injectable()
@TickerNamed('follow-feeds')
export class FollowFeedsWhenLeadingTicker implements Ticker {
  readonly atOnce = true;
  readonly #stop = new AbortController();

  constructor(
    @Inject(contexts.capture) private readonly capture: Capture,
    @Inject(Process) private readonly process: Process,
  ) {}

  get everyMs(): number {
    return this.capture.feeds.length === 0 ? 0 : LOOK_MS;
  }

  async tick(): Promise<void> {
    await Promise.all(this.capture.feeds.map((feed) => this.#follow(feed)));
  }

  stop(): void {
    this.#stop.abort();
  }

  /** One that fails keeps no other from being followed. */
  async #follow(feed: string): Promise<void> {
    const { health, log } = this.process;
    const { signal } = this.#stop;
    health.role(ROLE, feed, true);
    for (let failed = 0; !signal.aborted; failed += 1) {
      try {
        await this.#lead(feed);
      } catch (error) {
        health.role(ROLE, feed, false, asFault(error).code);
        log.error('feed.failed', { source: feed, attempt: failed + 1, error });
        const pause = FIRST_PAUSE_MS * 2 ** Math.min(failed, 6);
        await systemTimers.sleep(Math.min(LONGEST_PAUSE_MS, pause), signal);
      }
    }
  }

  async #lead(feed: string): Promise<void> {
    const { health, holder, log, parts } = this.process;
    const lease = { name: `capture/${feed}`, holder, leases: parts.leases, log };
    await underLease(lease, this.#stop.signal, (term, signal) => {
      health.role(ROLE, feed, true);
      return this.capture.follow(feed, { term, signal });
    });
  }
}
