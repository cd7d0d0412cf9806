import type { Operations } from '#libs/operations';
import { contexts, Process, TickerNamed, whileLeading, type Ticker } from '#libs/platform';
import { Inject, Injectable } from '@nestjs/common';

const LOOK_MS = 2_000;

/** Erases what was taken away in followed databases, in the one process that holds the lease. Its tick lasts until the process stops. */
@Injectable()
@TickerNamed('erase-removed')
export class EraseRemovedWhenLeadingTicker implements Ticker {
  readonly atOnce = true;
  readonly #stop = new AbortController();

  constructor(
    @Inject(contexts.operations) private readonly operations: Operations,
    @Inject(Process) private readonly process: Process,
  ) {}

  get everyMs(): number {
    return this.operations.followsFeeds ? LOOK_MS : 0;
  }

  async tick(): Promise<void> {
    const { parts, holder, log } = this.process;
    const lease = { name: 'capture-erasure', holder, leases: parts.leases, log };
    await whileLeading(lease, this.#stop.signal, async (signal) => {
      const count = await this.operations.eraseRemoved(signal);
      if (count > 0) log.info('removed.erased', { count });
      return LOOK_MS;
    });
  }

  stop(): void {
    this.#stop.abort();
  }
}
