import { asFault } from '#libs/kernel';

import { shownDigest } from '../questions/answer-id.js';
import { NEVER_DUE, type RoomQuestion } from '../questions/room-question.js';
import { lookAtMessage } from '../questions/seen-message.js';
import { hearOfAnswers } from '../ratings/hear-of-answers.js';
import { hearReason } from '../ratings/hear-reason.js';
import { refusedText, withdrawnText } from '../say/short-texts.js';
import { carryOutCommand } from '../threads/carry-out-command.js';
import { findPosted } from './answer-message.js';
import { dueForLook, isLongShown } from './end-work.js';
import { answerText } from '../say/answer-text.js';
import { noticeOf } from './notice.js';
import { retract } from './retract.js';
import type { RoomWork } from './room-work.js';

/** Looks at what needs no answer any more: whether its dialogue forgot it, and whether the chat shows what it should. */
export const lookAgain = async (work: RoomWork): Promise<void> => {
  const { parts, held, message } = work;
  const { state, doubts } = held.question;
  if (state === 'told') return carryOut(work);
  if (held.question.posting === 'trying' && !(await findPosted(parts, held))) return;
  const text = await textToWrite(work);
  if (text !== undefined) {
    const written = await message.write(() => text);
    if (written === 'over') return;
    if (written === 'written') noticeWithdrawn(work);
  }
  await retract(work);
  // Who reacted before the answer was final was not counted then.
  if (held.question.posting === 'yes') await hearOfAnswers(parts)([held.question.answer]);
  // What is not there yet may still come; what was written may be written over by somebody who is late.
  const isSure =
    text === undefined && held.question.posting !== 'trying' && isLongShown(parts, held.question);
  await held.settle((now) => {
    const looks = now.looks + 1;
    const seen = { ...now, doubtsSeen: doubts };
    const isOver = isSure && now.doubts === doubts;
    return {
      looks,
      doubtsSeen: doubts,
      dueAt: isOver ? NEVER_DUE : dueForLook(parts, seen, looks),
    };
  });
};

const carryOut = async ({ parts, held }: RoomWork): Promise<void> => {
  const seen = await lookAtMessage(parts, held.question.message);
  if (typeof seen === 'object') {
    const { message, room, judged } = seen;
    if (judged.sort === 'command')
      await carryOutCommand(parts)({ message, room, command: judged.command });
    if (judged.sort === 'reason') await hearReason(parts)({ message, room, ...judged });
  }
  await held.settle(() => ({ dueAt: NEVER_DUE }));
};

/** What the message has to show and does not. What a moderator made of it stays, unless it has to say something else. */
const textToWrite = async (work: RoomWork): Promise<string | undefined> => {
  const { parts, held } = work;
  const { answer, posting, shown } = held.question;
  if (posting !== 'yes') return undefined;
  const [self, there] = await Promise.all([parts.chat.self(), parts.chat.message(answer)]);
  if (!there) return undefined;
  const shows = await shownDigest(parts, there.text);
  const isByOther = there.editedBy !== undefined && there.editedBy !== self.id;
  if (isAnswerInForce(held.question) && (shows === shown || isByOther)) return undefined;
  const text = await textNow(work);
  const wanted = await shownDigest(parts, text);
  return shows === wanted || (wanted === shown && isByOther) ? undefined : text;
};

/** What was shown, with no reason to think that it is not what everybody may see. */
const isAnswerInForce = ({ state, doubts, doubtsSeen }: RoomQuestion): boolean =>
  state !== 'withdrawn' && doubts === doubtsSeen;

const textNow = async (work: RoomWork): Promise<string> => {
  const { state, because = 'deleted', language } = work.held.question;
  switch (state) {
    case 'withdrawn':
      return withdrawnText(because, language);
    case 'left':
      return refusedText('not_reader', language);
    default:
      return answerNow(work);
  }
};

/** The answer as the room may see it now. Without its asker nobody can say what that is. */
const answerNow = async ({ parts, held }: RoomWork): Promise<string> => {
  const { room, person, question, state, language } = held.question;
  const principals = (await parts.principalsInRoom(room, person)) ?? [];
  const asker = await parts.askerOf(person);
  const gone = () =>
    state === 'gave_up' ? refusedText('failed', language) : withdrawnText('source', language);
  if (question === undefined) return gone();
  const given = await parts.answering
    .showQuestion({ asker, principals }, question)
    .catch((error: unknown) => {
      const fault = asFault(error);
      if (fault.code !== 'API_NOT_FOUND') throw fault;
      return undefined;
    });
  return given && given.outcome !== 'open' ? answerText(given, parts.publicUrl) : gone();
};

const noticeWithdrawn = ({ parts, held }: RoomWork): void => {
  const { state, doubts, doubtsSeen } = held.question;
  if (state === 'withdrawn' || doubts > doubtsSeen) noticeOf(parts, held, 'answer.withdrawn');
};
