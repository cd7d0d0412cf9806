import type { Operations } from '#libs/operations';
import { contexts, Process, TickerNamed, type Ticker } from '#libs/platform';
import { Inject, Injectable } from '@nestjs/common';

const LOOK_MS = 60_000;

/** Raises an alert when the backups are not good, and clears it when they are. Each process looks: an alert is raised once. */
@Injectable()
@TickerNamed('watch-backups')
export class WatchBackupsWhenDueTicker implements Ticker {
  readonly everyMs = LOOK_MS;

  constructor(
    @Inject(contexts.operations) private readonly operations: Operations,
    @Inject(Process) private readonly process: Process,
  ) {}

  async tick(): Promise<void> {
    await this.operations.watchBackups(({ alert, cause, about, state }) => {
      const fields = { source: about, code: cause, fact: alert };
      if (state === 'raised') this.process.log.error('alert.raised', fields);
      else this.process.log.info('alert.cleared', fields);
    });
  }
}
