import type { Answering } from '#libs/answering';
import { contexts, Process, TickerNamed, type Ticker } from '#libs/platform';
import { Inject, Injectable } from '@nestjs/common';

/** Finds answers that a process had kept when it died, before it looked whether their sources were still there. */
@Injectable()
@TickerNamed('look-at-left-answers')
export class LookAtLeftAnswersWhenDueTicker implements Ticker {
  readonly everyMs = 15_000;
  readonly atOnce = true;

  constructor(
    @Inject(contexts.answering) private readonly answering: Answering,
    @Inject(Process) private readonly process: Process,
  ) {}

  async tick(): Promise<void> {
    const { looked } = await this.answering.lookAtLeftAnswers();
    if (looked > 0) this.process.log.info('answers.looked_again', { count: looked });
  }
}
