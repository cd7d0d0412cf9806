import type { KeptIndex, Knowledge } from '#libs/knowledge';
import { contexts, Process, TickerNamed, whileLeading, type Ticker } from '#libs/platform';
import { Inject, Injectable } from '@nestjs/common';

const LOOK_MS = 1_000;

/** Rebuilds, drops and sweeps, in the one process that holds the lease. Its tick lasts until the process stops. */
@Injectable()
@TickerNamed('keep-index')
export class KeepIndexWhenLeadingTicker implements Ticker {
  readonly everyMs = LOOK_MS;
  readonly atOnce = true;
  readonly #stop = new AbortController();

  constructor(
    @Inject(contexts.knowledge) private readonly knowledge: Knowledge,
    @Inject(Process) private readonly process: Process,
  ) {}

  async tick(): Promise<void> {
    const { parts, holder, log } = this.process;
    const lease = { name: 'keeper/index', holder, leases: parts.leases, log };
    await whileLeading(lease, this.#stop.signal, async (signal) => {
      this.#tell(await this.knowledge.keepIndex(signal));
      return LOOK_MS;
    });
  }

  stop(): void {
    this.#stop.abort();
  }

  #tell({ dropped, ended, swept }: KeptIndex): void {
    const { log } = this.process;
    if (dropped > 0) log.info('index.left_dropped', { count: dropped });
    if (ended?.state === 'failed') log.error('index.rebuild_failed', { code: ended.code });
    else if (ended) log.info('index.rebuilt', { outcome: ended.state, count: ended.position });
    if (swept && swept.differing > 0)
      log.info('index.swept', { count: swept.looked, failed: swept.differing });
  }
}
