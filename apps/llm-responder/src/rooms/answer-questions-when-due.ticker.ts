import { contexts, TickerNamed, type Ticker } from '#libs/platform';
import type { Rooms } from '#libs/rooms';
import { Inject, Injectable } from '@nestjs/common';

import { RoomAnswers } from './room-answers.js';

const LOOK_MS = 1_000;

/** Takes up questions that a process left, and looks at answers that want another look. */
@Injectable()
@TickerNamed('answer-questions')
export class AnswerQuestionsWhenDueTicker implements Ticker {
  readonly atOnce = true;

  constructor(
    @Inject(contexts.rooms) private readonly rooms: Rooms | undefined,
    @Inject(RoomAnswers) private readonly answers: RoomAnswers,
  ) {}

  get everyMs(): number {
    return this.rooms ? LOOK_MS : 0;
  }

  async tick(): Promise<void> {
    if (this.rooms) this.answers.begin(await this.rooms.due());
  }
}
