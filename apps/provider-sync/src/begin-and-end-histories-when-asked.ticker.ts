import { jobs } from '#libs/contracts';
import { historyKeyOf, type Intake } from '#libs/intake';
import { contexts, Jobs, TickerNamed, type Ticker } from '#libs/platform';
import { Inject, Injectable } from '@nestjs/common';

const LOOK_MS = 2_000;

/** Begins and ends the histories that operators ask for in documents, sooner than the next filling of the queue would. */
@Injectable()
@TickerNamed('begin-and-end-histories')
export class BeginAndEndHistoriesWhenAskedTicker implements Ticker {
  constructor(
    @Inject(contexts.intake) private readonly intake: Intake,
    @Inject(Jobs) private readonly queue: Jobs,
  ) {}

  get everyMs(): number {
    // Without an API there is nothing that anybody could ask for.
    return this.intake.apis.size === 0 ? 0 : LOOK_MS;
  }

  async tick(): Promise<void> {
    const { runs, end } = this.intake.history;
    const open = await runs.open();
    for (const run of open.filter(({ state }) => state === 'stopping')) {
      await this.queue.cancel(jobs.readHistory, historyKeyOf(run));
      await end(historyKeyOf(run));
    }
    const asked = open.filter(({ state }) => state === 'asked').map(historyKeyOf);
    const asleep = asked.length > 0 ? await this.queue.asleep(jobs.readHistory, asked) : [];
    await this.queue.wake(
      jobs.readHistory,
      asleep.map((key) => ({ key })),
    );
  }
}
