import { jobs } from '#libs/contracts';
import { historyKeyOf, passesOf, type Intake } from '#libs/intake';
import { asFault, type Fault } from '#libs/kernel';
import {
  contexts,
  JobOf,
  Process,
  underLease,
  type Job,
  type JobEnd,
  type Wanted,
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
    @Inject(contexts.intake) private readonly intake: Intake,
    @Inject(Process) private readonly process: Process,
  ) {}

  async wanted(): Promise<Wanted> {
    const { apis, history, syncSources } = this.intake;
    await syncSources.tell(apis);
    const open = await history.runs.open();
    return {
      jobs: open.map((run) => ({ key: historyKeyOf(run) })),
      schedules: passesOf(apis),
    };
  }

  /** Alone: two readers would not lose anything, but spend the provider's patience twice. */
  async run(run: JobRun): Promise<JobEnd> {
    try {
      return await this.#read(run);
    } catch (thrown) {
      await this.intake.history.hold(run.key, asFault(thrown).code);
      throw thrown;
    }
  }

  async #read(run: JobRun): Promise<JobEnd> {
    const { key, signal } = run;
    const progress: JobRun['progress'] = (told) => run.progress(told);
    const { leases, holder, log } = this.process.projecting;
    let more = false;
    await underLease(
      { name: `history/${key}`, holder, leases, log },
      signal,
      async (_term, held) => {
        const outcome = await this.intake.history.read(key, {
          signal: held,
          sliceMs: SLICE_MS,
          progress,
        });
        more = outcome === 'more';
        if (outcome !== 'nothing') log.info('history.read', { record: key, outcome });
      },
    );
    return more ? { goOnAfterMs: 0 } : undefined;
  }

  async gaveUp({ key }: JobRun, { code }: Fault): Promise<void> {
    await this.intake.history.fail(key, code);
  }
}
