import { deadLetterSubscriptions, type Subscription } from '#libs/contracts';
import type { Registers } from '#libs/operations';
import { contexts, Reactor } from '#libs/platform';
import type { Message } from '#libs/ports/bus';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';

/** Keeps every dead letter where it can be listed, shown, sent again or dropped. */
@Controller()
export class KeepDeadLettersReactor {
  constructor(@Inject(contexts.registers) private readonly registers: Registers) {}

  @Reactor(...deadLetterSubscriptions)
  react(@Payload() messages: readonly Message[], @Ctx() keeper: Subscription): Promise<void> {
    return this.registers.deadLetters.keep(keeper, messages);
  }
}
