import { jobs } from '#libs/contracts';
import {
  createHistoryRuns,
  endHistory,
  historyKeyOf,
  type HistoryRuns,
  type ProviderApis,
} from '#libs/intake';
import { Jobs, Ports, type Log, type Wired } from '#libs/platform';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';

const LOOK_MS = 2_000;

/** Begins and stops what operators ask for in documents, sooner than the next filling of the queue would. */
@Injectable()
export class HeedOperators implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  constructor(
    @Inject(Ports.apis) private readonly apis: ProviderApis,
    @Inject(createHistoryRuns) private readonly runs: HistoryRuns,
    @Inject(endHistory) private readonly end: Wired<typeof endHistory>,
    @Inject(Jobs) private readonly queue: Jobs,
    @Inject(Ports.appLog) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    // Without an API there is nothing that anybody could ask for.
    if (this.apis.size === 0) return;
    this.#timer = setInterval(() => {
      this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    }, LOOK_MS);
    this.#timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    try {
      const open = await this.runs.open();
      for (const run of open.filter(({ state }) => state === 'stopping')) {
        await this.queue.cancel(jobs.readHistory, historyKeyOf(run));
        await this.end(historyKeyOf(run));
      }
      const asked = open.filter(({ state }) => state === 'asked').map(historyKeyOf);
      const asleep = asked.length > 0 ? await this.queue.asleep(jobs.readHistory, asked) : [];
      await this.queue.wake(
        jobs.readHistory,
        asleep.map((key) => ({ key })),
      );
    } catch (error) {
      this.log.warn('operators.not_heeded', { error });
    }
  }
}
