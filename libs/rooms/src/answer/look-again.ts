import { asFault } from '#libs/kernel';

import { shownDigest } from '../questions/answer-id.js';
import { NEVER_DUE } from '../questions/room-question.js';
import { lookAtMessage } from '../questions/seen-message.js';
import { hearReason } from '../ratings/hear-reason.js';
import { answerText } from '../say/answer-text.js';
import { refusedText, withdrawnText } from '../say/short-texts.js';
import { carryOutCommand } from '../threads/carry-out-command.js';
import { findPosted } from './answer-message.js';
import { dueForLook } from './end-work.js';
import { noticeOf } from './notice.js';
import type { RoomWork } from './room-work.js';

/** Looks at what needs no answer any more: whether the chat shows what it should, and whether its dialogue forgot it. */
export const lookAgain = async (work: RoomWork): Promise<void> => {
  const { parts, held } = work;
  const { state } = held.question;
  if (state === 'told') return carryOut(work);
  if (!(await retract(work))) return;
  if (held.question.posting === 'trying' && !(await findPosted(parts, held))) return;
  const isShown = held.question.posting === 'yes' && (await isToBeWritten(work));
  if (!isShown) return settleLook(work, NEVER_DUE);
  const written = await writeAnew(work);
  if (written === 'over') return;
  if (state === 'withdrawn') noticeOf(parts, held, 'answer.withdrawn');
  return settleLook(work);
};
