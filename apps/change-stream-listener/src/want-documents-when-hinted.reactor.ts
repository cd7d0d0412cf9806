import type { Capture } from '#libs/capture';
import { readHint, subscriptions } from '#libs/contracts';
import { succeeded } from '#libs/kernel';
import { contexts, Reactor, type ReactorOutcome } from '#libs/platform';
import type { Message } from '#libs/ports/bus';
import { Controller, Inject } from '@nestjs/common';

/** Notes which documents were announced, for the process that leads their feed. What is not followed is done. */
@Controller()
export class WantDocumentsWhenHintedReactor {
  constructor(@Inject(contexts.capture) private readonly capture: Capture) {}

  @Reactor(subscriptions.captureOfHints)
  async react(messages: readonly Message[]): Promise<readonly ReactorOutcome[]> {
    const read = messages.map(({ data }) => readHint(data));
    await this.capture.want(read.filter(succeeded));
    return read.map((hint) => (succeeded(hint) ? undefined : hint));
  }
}
