import type { Capture } from '#libs/capture';
import { entityHint, subscriptions, type EntityHint } from '#libs/contracts';
import { fault, succeeded, textOf, type Fault } from '#libs/kernel';
import { contexts, Reactor, type ReactorOutcome } from '#libs/platform';
import type { Message } from '#libs/ports/bus';
import { Controller, Inject } from '@nestjs/common';

/** Notes which documents were announced, for the process that leads their feed. What is not followed is done. */
@Controller()
export class WantDocumentsWhenHintedReactor {
  constructor(@Inject(contexts.capture) private readonly capture: Capture) {}

  @Reactor(subscriptions.captureOfHints)
  async react(messages: readonly Message[]): Promise<readonly ReactorOutcome[]> {
    const read = messages.map(readHint);
    await this.capture.want(read.filter(succeeded));
    return read.map((hint) => (succeeded(hint) ? undefined : hint));
  }
}

const readHint = ({ data }: Message): EntityHint | Fault => {
  try {
    return entityHint.parse(JSON.parse(textOf(data)));
  } catch (cause) {
    return fault('INTAKE_HINT_MALFORMED', { cause });
  }
};
