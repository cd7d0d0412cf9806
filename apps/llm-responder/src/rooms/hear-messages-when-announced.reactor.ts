import { entityHint, ownIdOf, subscriptions } from '#libs/contracts';
import { fault, textOf, type Fault } from '#libs/kernel';
import { contexts, Reactor, type ReactorOutcome } from '#libs/platform';
import type { Message } from '#libs/ports/bus';
import type { HeardMessage, Rooms } from '#libs/rooms';
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
    const read = messages.map(readHint);
    const heard = read.flatMap(({ message }) => message ?? []);
    if (this.rooms && heard.length > 0) this.answers.begin(await this.rooms.hear(heard));
    return read.map(({ failed }) => failed);
  }
}

interface ReadAnnouncement {
  /** Missing: it is about something else. */
  readonly message?: HeardMessage;
  readonly failed?: Fault;
}

const readHint = ({ data }: Message): ReadAnnouncement => {
  try {
    const { entity, id } = entityHint.parse(JSON.parse(textOf(data)));
    return entity === CHAT_MESSAGE ? { message: { message: ownIdOf(id) } } : {};
  } catch (cause) {
    return { failed: fault('INTAKE_HINT_MALFORMED', { cause }) };
  }
};
