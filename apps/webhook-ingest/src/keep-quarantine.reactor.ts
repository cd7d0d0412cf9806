import { subscriptions } from '#libs/contracts';
import { createQuarantine, type Quarantine } from '#libs/intake';
import { Reactor, type Outcome } from '#libs/platform';
import type { Message } from '#libs/ports/bus';
import { Controller, Inject } from '@nestjs/common';

/** Keeps what a door could not prove, within the cap. */
@Controller()
export class KeepQuarantineReactor {
  constructor(@Inject(createQuarantine) private readonly quarantine: Quarantine) {}

  @Reactor(subscriptions.keeperOfQuarantine)
  react(messages: readonly Message[]): Promise<readonly Outcome[]> {
    return this.quarantine.keep(messages.map(({ data }) => data));
  }
}
