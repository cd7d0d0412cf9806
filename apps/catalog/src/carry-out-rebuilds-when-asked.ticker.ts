import type { Catalog } from '#libs/catalog';
import { contexts, Process, TickerNamed, type Ticker } from '#libs/platform';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';

/** Carries out rebuilds that operators ask for. One that takes hours is one tick. */
@Injectable()
@TickerNamed('carry-out-rebuilds')
export class CarryOutRebuildsWhenAskedTicker implements Ticker, BeforeApplicationShutdown {
  readonly everyMs = 1_000;
  readonly #stop = new AbortController();
  readonly #look: ReturnType<Catalog['carryOutRebuilds']>;

  constructor(
    @Inject(contexts.catalog) catalog: Catalog,
    @Inject(Process) private readonly process: Process,
  ) {
    const { parts, holder } = process;
    this.#look = catalog.carryOutRebuilds({ leases: parts.leases, holder });
  }

  /** Before the projectors stop: they may wait for a rebuild that holds their gate. */
  beforeApplicationShutdown(): void {
    this.#stop.abort();
  }

  async tick(): Promise<void> {
    const { log } = this.process;
    const { removed, ended, error } = await this.#look(this.#stop.signal);
    if (removed > 0) log.info('rebuild.left_removed', { count: removed });
    if (ended?.state === 'failed') log.error('rebuild.failed', { error });
    else if (ended)
      log.info('rebuild.done', { outcome: ended.state, position: ended.result?.position });
  }
}
