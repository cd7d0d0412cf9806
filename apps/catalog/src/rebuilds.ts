import {
  createRebuildRequests,
  rebuildRecords,
  type RebuildProgress,
  type RebuildRequest,
  type RebuildRequests,
} from '#libs/catalog';
import { asFault } from '#libs/kernel';
import { Ports, readCheckpoint, type Log, type Wired } from '#libs/platform';
import type { Documents, Leases } from '#libs/ports/documents';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';

import { Projectors } from './projectors.js';

const LOOK_MS = 1_000;
const REPORT_MS = 500;
/** Longer than one write of the pointer takes. */
const SURE_MS = 2_000;

/** Carries out rebuilds that operators ask for, in the one process that holds the catalog's lease. */
@Injectable()
export class Rebuilds implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;

  constructor(
    @Inject(createRebuildRequests) private readonly requests: RebuildRequests,
    @Inject(rebuildRecords) private readonly rebuild: Wired<typeof rebuildRecords>,
    @Inject(Projectors) private readonly projectors: Projectors,
    @Inject(Ports.documents) private readonly documents: Documents,
    @Inject(Ports.leases) private readonly leases: Leases,
    @Inject(Ports.appLog) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      if (!this.#working && this.projectors.leading)
        this.#working = this.#look().finally(() => (this.#working = undefined));
    }, LOOK_MS);
    this.#timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    this.#stop.abort();
    await this.#working;
  }

  async #look(): Promise<void> {
    try {
      const request = await this.requests.next();
      if (request) await this.#carryOut(request);
    } catch (error) {
      this.log.warn('rebuild.not_looked', { error });
    }
  }

  /** Of the catalog's lease, while it is ours for long enough to switch. */
  async #term(): Promise<number | undefined> {
    const lease = (await this.leases.list()).find(({ name }) => name === 'projector/catalog');
    const ours = lease?.holder === this.projectors.holder && lease.expiresInMs > SURE_MS;
    return ours ? lease.term : undefined;
  }

  async #carryOut(request: RebuildRequest): Promise<void> {
    let reported = 0;
    let progress: RebuildProgress = { position: 0, head: 0 };
    const report = async (next: RebuildProgress): Promise<void> => {
      progress = next;
      if (performance.now() - reported < REPORT_MS) return;
      reported = performance.now();
      await this.requests.update({ ...request, ...next, state: 'running' });
    };
    try {
      const result = await this.rebuild({
        switch: request.switch,
        acceptChanges: request.acceptChanges,
        live: this.projectors.live,
        checkpoint: async () => (await readCheckpoint(this.documents, 'catalog'))?.position ?? 0,
        term: () => this.#term(),
        onProgress: report,
        signal: this.#stop.signal,
      });
      const same = result.comparison.differences === 0;
      const state = result.switched ? 'switched' : same ? 'equal' : 'different';
      await this.requests.update({ ...request, ...progress, state, result });
      this.log.info('rebuild.done', { outcome: state, position: result.position });
    } catch (error) {
      // Stopped by us: whoever starts next finds it running and begins it again.
      if (this.#stop.signal.aborted) return;
      await this.requests.update({
        ...request,
        ...progress,
        state: 'failed',
        code: asFault(error).code,
      });
      this.log.error('rebuild.failed', { error });
    }
  }
}
