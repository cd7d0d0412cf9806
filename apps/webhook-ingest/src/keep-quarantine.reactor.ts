import { subscriptions } from '#libs/contracts';
import type { Intake } from '#libs/intake';
import { contexts, Reactor, type ReactorOutcome } from '#libs/platform';
import type { Message } from '#libs/ports/bus';
import { Controller, Inject } from '@nestjs/common';

/** Keeps what a door could not prove, within the cap. */
@Controller()
export class KeepQuarantineReactor {
  constructor(@Inject(contexts.intake) private readonly intake: Intake) {}

  @Reactor(subscriptions.keeperOfQuarantine)
  react(messages: readonly Message[]): Promise<readonly ReactorOutcome[]> {
    return this.intake.quarantine.keep(messages.map(({ data }) => data));
  }
}
