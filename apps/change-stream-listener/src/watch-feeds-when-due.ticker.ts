import type { Operations } from '#libs/operations';
import { contexts, Process, TickerNamed, type Ticker } from '#libs/platform';
import { Inject, Injectable } from '@nestjs/common';

const LOOK_MS = 5_000;

/** Raises an alert when a feed does not come on, and clears it when it does. Each process looks: an alert is raised once. */
@Injectable()
@TickerNamed('watch-feeds')
export class WatchFeedsWhenDueTicker implements Ticker {
  constructor(
    @Inject(contexts.operations) private readonly operations: Operations,
    @Inject(Process) private readonly process: Process,
  ) {}

  get everyMs(): number {
    return this.operations.followsFeeds ? LOOK_MS : 0;
  }

  async tick(): Promise<void> {
    await this.operations.watchFeeds(({ alert, cause, about, state }) => {
      const fields = { source: about, code: cause, fact: alert };
      if (state === 'raised') this.process.log.error('alert.raised', fields);
      else this.process.log.info('alert.cleared', fields);
    });
  }
}
