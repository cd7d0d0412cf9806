import { readSignal, subscriptions } from '#libs/contracts';
import { succeeded } from '#libs/kernel';
import { contexts, Reactor, type ReactorOutcome } from '#libs/platform';
import type { Message } from '#libs/ports/bus';
import type { Rooms } from '#libs/rooms';
import { Controller, Inject } from '@nestjs/common';

/** Says in the chat that an answer is withdrawn, once a source of it is gone. */
@Controller()
export class WithdrawAnswersWhenGoneReactor {
  constructor(@Inject(contexts.rooms) private readonly rooms: Rooms | undefined) {}

  @Reactor(subscriptions.roomsOfGone)
  async react(messages: readonly Message[]): Promise<readonly ReactorOutcome[]> {
    const read = messages.map(({ data }) => readSignal(data));
    const gone = read
      .filter(succeeded)
      .flatMap(({ gone: isGone, kind, id }) => (isGone ? [`${kind}/${id}`] : []));
    if (this.rooms && gone.length > 0) await this.rooms.withdrawCiting([...new Set(gone)]);
    return read.map((signal) => (succeeded(signal) ? undefined : signal));
  }
}
