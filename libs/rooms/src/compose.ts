import { answerQuestion } from './answer/answer-question.js';
import { examineRooms } from './examine.js';
import { askedUs, type RoomQuestionsParts } from './questions/asked-us.js';
import { dueQuestions } from './questions/due-questions.js';
import { hearMessages } from './questions/hear-messages.js';
import { hearOfAnswers } from './ratings/hear-of-answers.js';
import type { RoomsParts } from './rooms-parts.js';
import { withdrawCiting } from './withdraw/withdraw-citing.js';

/** What any process can have of rooms: it reaches no chat. */
export const composeRoomQuestions = (parts: RoomQuestionsParts) => ({ askedUs: askedUs(parts) });

/** Every use case of rooms. Composing does no I/O, starts nothing and reads no clock. */
export const composeRooms = (parts: RoomsParts) => ({
  hear: hearMessages(parts),
  hearOfAnswers: hearOfAnswers(parts),
  answer: answerQuestion(parts),
  due: dueQuestions(parts),
  withdrawCiting: withdrawCiting(parts),
  examine: examineRooms(parts),
});

export type Rooms = ReturnType<typeof composeRooms>;
