import type { QuestionStep } from '../questions/held-question.js';
import type { RoomNotice, RoomsParts } from '../rooms-parts.js';

export const noticeOf = (
  { notice, clock }: Pick<RoomsParts, 'clock' | 'notice'>,
  { question: { message, room, askedAt } }: Pick<QuestionStep, 'question'>,
  event: RoomNotice['event'],
): void => notice({ event, message, room, ms: clock.now() - askedAt });
