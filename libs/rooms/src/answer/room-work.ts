import type { QuestionStep } from '../questions/held-question.js';
import type { RoomsParts } from '../rooms-parts.js';
import type { AnswerMessage } from './answer-message.js';

/** A question in hand, and the message that its answer stands in. */
export interface RoomWork {
  readonly parts: RoomsParts;
  readonly held: QuestionStep;
  readonly message: AnswerMessage;
}
