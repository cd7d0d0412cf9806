import {
  chatAnswerObservedV1,
  chatMessageObservedV1,
  fromCloudEvent,
  ownIdOf,
  subscriptions,
} from '#libs/contracts';
import { asFault, type Fault } from '#libs/kernel';
import { contexts, Reactor, type ReactorOutcome } from '#libs/platform';
import type { Message } from '#libs/ports/bus';
import type { HeardMessage, Rooms } from '#libs/rooms';
import { Controller, Inject } from '@nestjs/common';

import { RoomAnswers } from './room-answers.js';

/** Hears what the feed of the chat says of messages: those that ask, and our own. What a webhook lost comes by here. */
@Controller()
export class HearChatWhenObservedReactor {
  constructor(
    @Inject(contexts.rooms) private readonly rooms: Rooms | undefined,
    @Inject(RoomAnswers) private readonly answers: RoomAnswers,
  ) {}

  @Reactor(subscriptions.roomsOfChat)
  async react(messages: readonly Message[]): Promise<readonly ReactorOutcome[]> {
    const { rooms } = this;
    if (!rooms) return messages.map(() => undefined);
    const read = messages.map(readObserved);
    const heard = read.flatMap(({ message }) => message ?? []);
    const ours = read.flatMap(({ answer }) => answer ?? []);
    if (heard.length > 0) this.answers.begin(await rooms.hear(heard));
    if (ours.length > 0) await rooms.hearOfAnswers([...new Set(ours)]);
    return read.map(({ failed }) => failed);
  }
}

interface ReadObservation {
  readonly message?: HeardMessage;
  /** A message of ours. */
  readonly answer?: string;
  readonly failed?: Fault;
}

const readObserved = (message: Message): ReadObservation => {
  try {
    const { type, data: written } = fromCloudEvent(message);
    const data: unknown = JSON.parse(written);
    switch (type) {
      case chatMessageObservedV1.type: {
        const { at, deleted, machine, message: id } = chatMessageObservedV1.data.parse(data);
        if (machine !== undefined) return {};
        const isGone = deleted === true;
        return { message: { message: ownIdOf(id), isGone, ...(at !== undefined && { at }) } };
      }
      case chatAnswerObservedV1.type:
        return { answer: ownIdOf(chatAnswerObservedV1.data.parse(data).message) };
      default:
        return {};
    }
  } catch (thrown) {
    return { failed: asFault(thrown) };
  }
};
