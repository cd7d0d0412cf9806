import { jobs, readHint, subscriptions } from '#libs/contracts';
import { DEBOUNCE_MS, providerOf, type Intake } from '#libs/intake';
import { succeeded } from '#libs/kernel';
import { contexts, Jobs, Reactor, type ReactorOutcome } from '#libs/platform';
import type { Message } from '#libs/ports/bus';
import { Controller, Inject } from '@nestjs/common';

/** Notes what is worth looking up, and wakes who looks. What no API can be asked for is done. */
@Controller()
export class WantEntitiesWhenHintedReactor {
  constructor(
    @Inject(contexts.intake) private readonly intake: Intake,
    @Inject(Jobs) private readonly queue: Jobs,
  ) {}

  @Reactor(subscriptions.refreshOfHints)
  async react(messages: readonly Message[]): Promise<readonly ReactorOutcome[]> {
    const read = messages.map(({ data }) => readHint(data));
    const hints = read
      .filter(succeeded)
      .filter(({ source }) => this.intake.apis.has(providerOf(source)));
    const keys = await this.intake.entities.want(hints);
    await this.queue.wake(
      jobs.refreshEntity,
      keys.map((key) => ({ key, afterMs: DEBOUNCE_MS })),
    );
    return read.map((hint) => (succeeded(hint) ? undefined : hint));
  }
}
