import { jobs } from '#libs/contracts';
import {
  createHistoryRuns,
  createSyncSources,
  failHistory,
  holdHistory,
  historyKeyOf,
  passesOf,
  readHistory,
  type HistoryRuns,
  type ProviderApis,
  type SyncSources,
} from '#libs/intake';
import { asFault, type Fault } from '#libs/kernel';
import {
  JobOf,
  Ports,
  ProjectorsNeed,
  underLease,
  type Job,
  type JobEnd,
  type Log,
  type ProjectorParts,
  type Wanted,
  type Wired,
} from '#libs/platform';
import type { JobRun } from '#libs/ports/job-queue';
import { Inject, Injectable } from '@nestjs/common';

/** A long list is read in slices, so that the short ones have their turn. */
const SLICE_MS = 20_000;

/** Reads a provider's lists: whole when an operator asked for it, the newest part by the clock. */
@Injectable()
@JobOf(jobs.readHistory)
export class ReadHistoryWhenDueJob implements Job {
  constructor(
    @Inject(readHistory) private readonly read: Wired<typeof readHistory>,
    @Inject(failHistory) private readonly fail: Wired<typeof failHistory>,
    @Inject(holdHistory) private readonly hold: Wired<typeof holdHistory>,
    @Inject(createHistoryRuns) private readonly runs: HistoryRuns,
    @Inject(createSyncSources) private readonly sources: SyncSources,
    @Inject(Ports.apis) private readonly apis: ProviderApis,
    @Inject(Ports.appLog) private readonly log: Log,
    @Inject(ProjectorsNeed) private readonly lease: ProjectorParts,
  ) {}

  async wanted(): Promise<Wanted> {
    await this.sources.tell(this.apis);
    const open = await this.runs.open();
    return {
      jobs: open.map((run) => ({ key: historyKeyOf(run) })),
      schedules: passesOf(this.apis),
    };
  }

  /** Alone: two readers would not lose anything, but spend the provider's patience twice. */
  async run(run: JobRun): Promise<JobEnd> {
    try {
      return await this.#read(run);
    } catch (thrown) {
      await this.hold(run.key, asFault(thrown).code);
      throw thrown;
    }
  }

  async #read(run: JobRun): Promise<JobEnd> {
    const { key, signal } = run;
    const progress: JobRun['progress'] = (told) => run.progress(told);
    const { leases, holder, log } = this.lease;
    let more = false;
    await underLease(
      { name: `history/${key}`, holder, leases, log },
      signal,
      async (_term, held) => {
        const outcome = await this.read(key, { signal: held, sliceMs: SLICE_MS, progress });
        more = outcome === 'more';
        if (outcome !== 'nothing') this.log.info('history.read', { record: key, outcome });
      },
    );
    return more ? { goOnAfterMs: 0 } : undefined;
  }

  async gaveUp({ key }: JobRun, { code }: Fault): Promise<void> {
    await this.fail(key, code);
  }
}
