import { recordSignal, subscriptions } from '#libs/contracts';
import { fault, textOf, type Fault } from '#libs/kernel';
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
    const read = messages.map(readSignal);
    const gone = read.flatMap(({ record }) => record ?? []);
    if (this.rooms && gone.length > 0) await this.rooms.withdrawCiting([...new Set(gone)]);
    return read.map(({ failed }) => failed);
  }
}

interface ReadSignal {
  readonly record?: string;
  readonly failed?: Fault;
}

const readSignal = ({ data }: Message): ReadSignal => {
  try {
    const { kind, id, gone } = recordSignal.parse(JSON.parse(textOf(data)));
    return gone ? { record: `${kind}/${id}` } : {};
  } catch (cause) {
    return { failed: fault('KNOWLEDGE_SIGNAL_MALFORMED', { cause }) };
  }
};
