import { deadLetterSubscriptions, type Subscription } from '#libs/contracts';
import type { DeadLetters } from '#libs/operations';
import { Ports, Reactor } from '#libs/platform';
import type { Message } from '#libs/ports/bus';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';

/** Keeps every dead letter where it can be listed, shown, sent again or dropped. */
@Controller()
export class KeepDeadLettersReactor {
  constructor(@Inject(Ports.deadLetters) private readonly deadLetters: DeadLetters) {}

  @Reactor(...deadLetterSubscriptions)
  react(@Payload() messages: readonly Message[], @Ctx() keeper: Subscription): Promise<void> {
    return this.deadLetters.keep(keeper, messages);
  }
}
