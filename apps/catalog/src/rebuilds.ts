import type { Catalog, RebuildProgress, RebuildRequest } from '#libs/catalog';
import { readCheckpoint } from '#libs/journal';
import { asFault } from '#libs/kernel';
import { contexts, Process } from '#libs/platform';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';

const LOOK_MS = 1_000;
const REPORT_MS = 500;
/** Longer than one write of the pointer takes. */
const SURE_MS = 2_000;

/** Carries out rebuilds that operators ask for, in the one process that holds the catalog's lease. */
@Injectable()
export class Rebuilds implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  /** The term of ours in which what others left was removed. */
  #tidied: number | undefined;

  constructor(
    @Inject(contexts.catalog) private readonly catalog: Catalog,
    @Inject(Process) private readonly process: Process,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      if (!this.#working) this.#working = this.#look().finally(() => (this.#working = undefined));
    }, LOOK_MS);
    this.#timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    this.#stop.abort();
    await this.#working;
  }

  async #look(): Promise<void> {
    try {
      // Only the leader's gate closes on anything.
      const term = await this.#term();
      if (term === undefined) return;
      await this.#tidy(term);
      const request = await this.catalog.rebuildRequests.next();
      if (request) await this.#carryOut(request);
    } catch (error) {
      this.process.log.warn('rebuild.not_looked', { error });
    }
  }

  /** Whoever led before may have been killed in the middle of a rebuild. */
  async #tidy(term: number): Promise<void> {
    if (this.#tidied === term) return;
    const left = await this.catalog.dropLeftGenerations();
    if (left > 0) this.process.log.info('rebuild.left_removed', { count: left });
    this.#tidied = term;
  }

  /** Of the catalog's lease, while it is ours for long enough to switch. */
  async #term(): Promise<number | undefined> {
    const lease = (await this.process.parts.leases.list()).find(
      ({ name }) => name === 'projector/catalog',
    );
    const ours = lease?.holder === this.process.holder && lease.expiresInMs > SURE_MS;
    return ours ? lease.term : undefined;
  }

  async #carryOut(request: RebuildRequest): Promise<void> {
    let reported = 0;
    let progress: RebuildProgress = { position: 0, head: 0 };
    const report = async (next: RebuildProgress): Promise<void> => {
      progress = next;
      if (performance.now() - reported < REPORT_MS) return;
      reported = performance.now();
      await this.catalog.rebuildRequests.update({ ...request, ...next, state: 'running' });
    };
    try {
      const result = await this.catalog.rebuild({
        switch: request.switch,
        acceptChanges: request.acceptChanges,
        live: this.catalog.live,
        checkpoint: async () =>
          (await readCheckpoint(this.process.parts.documents, 'catalog'))?.position ?? 0,
        term: () => this.#term(),
        onProgress: report,
        signal: this.#stop.signal,
      });
      const same = result.comparison.differences === 0;
      const state = result.switched ? 'switched' : same ? 'equal' : 'different';
      await this.catalog.rebuildRequests.update({ ...request, ...progress, state, result });
      this.process.log.info('rebuild.done', { outcome: state, position: result.position });
    } catch (error) {
      // Stopped by us: whoever starts next finds it running and begins it again.
      if (this.#stop.signal.aborted) return;
      await this.catalog.rebuildRequests.update({
        ...request,
        ...progress,
        state: 'failed',
        code: asFault(error).code,
      });
      this.process.log.error('rebuild.failed', { error });
    }
  }
}
