import type { Registers } from '#libs/operations';
import { contexts, TickerNamed, type Ticker } from '#libs/platform';
import { Inject, Injectable } from '@nestjs/common';

/** So much of the figures a crash may take along; below it every few seconds a write. */
const WRITE_MS = 2_000;

/** Writes every few seconds what the door and intake counted. */
@Injectable()
@TickerNamed('write-counts')
export class WriteCountsWhenDueTicker implements Ticker {
  readonly everyMs = WRITE_MS;
  readonly atOnce = true;

  constructor(@Inject(contexts.registers) private readonly registers: Registers) {}

  tick(): Promise<void> {
    return this.registers.counts.write();
  }

  /** What was counted since the last tick. */
  stop(): Promise<void> {
    return this.registers.counts.write();
  }
}
