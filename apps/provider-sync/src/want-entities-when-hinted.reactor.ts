import { entityHint, jobs, subscriptions, type EntityHint } from '#libs/contracts';
import {
  createWantedEntities,
  DEBOUNCE_MS,
  providerOf,
  type ProviderApis,
  type WantedEntities,
} from '#libs/intake';
import { fault, succeeded, textOf, type Fault } from '#libs/kernel';
import { Jobs, Ports, Reactor, type Outcome } from '#libs/platform';
import type { Message } from '#libs/ports/bus';
import { Controller, Inject } from '@nestjs/common';

/** Notes what is worth looking up, and wakes who looks. What no API can be asked for is done. */
@Controller()
export class WantEntitiesWhenHintedReactor {
  constructor(
    @Inject(createWantedEntities) private readonly wanted: WantedEntities,
    @Inject(Ports.apis) private readonly apis: ProviderApis,
    @Inject(Jobs) private readonly queue: Jobs,
  ) {}

  @Reactor(subscriptions.refreshOfHints)
  async react(messages: readonly Message[]): Promise<readonly Outcome[]> {
    const read = messages.map(readHint);
    const hints = read.filter(succeeded).filter(({ source }) => this.apis.has(providerOf(source)));
    const keys = await this.wanted.want(hints);
    await this.queue.wake(
      jobs.refreshEntity,
      keys.map((key) => ({ key, afterMs: DEBOUNCE_MS })),
    );
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
