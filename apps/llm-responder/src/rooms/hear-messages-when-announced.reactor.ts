import { ownIdOf, readHint, subscriptions } from '#libs/contracts';
import { succeeded } from '#libs/kernel';
import { contexts, Reactor, type ReactorOutcome } from '#libs/platform';
import type { Message } from '#libs/ports/bus';
import type { Rooms } from '#libs/rooms';
import { Controller, Inject } from '@nestjs/common';

import { RoomAnswers } from './room-answers.js';

const CHAT_MESSAGE = 'chat_message';

/** Looks at a message of the chat as soon as it is announced, before it has come in by the feed. */
@Controller()
export class HearMessagesWhenAnnouncedReactor {
  constructor(
    @Inject(contexts.rooms) private readonly rooms: Rooms | undefined,
    @Inject(RoomAnswers) private readonly answers: RoomAnswers,
  ) {}

  @Reactor(subscriptions.roomsOfHints)
  async react(messages: readonly Message[]): Promise<readonly ReactorOutcome[]> {
    const read = messages.map(({ data }) => readHint(data));
    const heard = read
      .filter(succeeded)
      .filter(({ entity }) => entity === CHAT_MESSAGE)
      .map(({ id }) => ({ message: ownIdOf(id) }));
    if (this.rooms && heard.length > 0) this.answers.begin(await this.rooms.hear(heard));
    return read.map((hint) => (succeeded(hint) ? undefined : hint));
  }
}
