import { subscriptions } from '#libs/contracts';
import type { Intake } from '#libs/intake';
import { contexts, Reactor, type ReactorOutcome } from '#libs/platform';
import type { Message } from '#libs/ports/bus';
import { Controller, Inject } from '@nestjs/common';

/** Takes deliveries in when they were published. */
@Controller()
export class TakeInDeliveriesReactor {
  constructor(@Inject(contexts.intake) private readonly intake: Intake) {}

  @Reactor(subscriptions.intakeOfDeliveries)
  react(messages: readonly Message[]): Promise<readonly ReactorOutcome[]> {
    return this.intake.takeIn(messages.map(({ data }) => data));
  }
}
