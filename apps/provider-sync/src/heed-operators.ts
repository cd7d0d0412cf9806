import { jobs } from '#libs/contracts';
import { historyKeyOf, type Intake } from '#libs/intake';
import { contexts, Jobs, Process } from '#libs/platform';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';

const LOOK_MS = 2_000;

/** Begins and stops what operators ask for in documents, sooner than the next filling of the queue would. */
@Injectable()
export class HeedOperators implements OnApplicationBootstrap, OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  constructor(
    @Inject(contexts.intake) private readonly intake: Intake,
    @Inject(Jobs) private readonly queue: Jobs,
    @Inject(Process) private readonly process: Process,
  ) {}

  onApplicationBootstrap(): void {
    // Without an API there is nothing that anybody could ask for.
    if (this.intake.apis.size === 0) return;
    this.#timer = setInterval(() => {
      this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    }, LOOK_MS);
    this.#timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    try {
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
    } catch (error) {
      this.process.log.warn('operators.not_heeded', { error });
    }
  }
}
