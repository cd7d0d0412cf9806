import { subscriptions } from '#libs/contracts';
import { takeInDeliveries } from '#libs/intake';
import { Reactor, type Outcome, type Wired } from '#libs/platform';
import type { Message } from '#libs/ports/bus';
import { Controller, Inject } from '@nestjs/common';

/** Takes deliveries in when they were published. */
@Controller()
export class TakeInDeliveriesReactor {
  constructor(@Inject(takeInDeliveries) private readonly takeIn: Wired<typeof takeInDeliveries>) {}

  @Reactor(subscriptions.intakeOfDeliveries)
  react(messages: readonly Message[]): Promise<readonly Outcome[]> {
    return this.takeIn(messages.map(({ data }) => data));
  }
}
