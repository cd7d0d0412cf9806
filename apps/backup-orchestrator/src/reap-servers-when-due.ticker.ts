import type { Backups } from '#libs/backups';
import { contexts, TickerNamed, type Ticker } from '#libs/platform';
import { Inject, Injectable } from '@nestjs/common';

const LOOK_MS = 5 * 60_000;

/**
 * Destroys servers that no backup needs. Two looks and the one that goes on fit into the quarter of an hour after which a
 * person is told. Each process looks: twice at once is harmless. Where backups have no servers it does nothing.
 */
@Injectable()
@TickerNamed('reap-servers')
export class ReapServersWhenDueTicker implements Ticker {
  readonly everyMs = LOOK_MS;

  constructor(@Inject(contexts.backups) private readonly backups: Backups) {}

  async tick(): Promise<void> {
    await this.backups.reap();
  }
}
