import type { RoomMessage, TalkRoom } from '#libs/ports/chat';

import { roomQuestions, type RoomQuestion } from '../questions/room-question.js';
import type { RoomsParts } from '../rooms-parts.js';
import { answerWords } from '../say/answer-words.js';
import { replyOnce } from '../say/reply-once.js';
import { doingOf } from '../threads/doing.js';
import { noteReasonSaid, threadIdOf } from '../threads/thread-documents.js';

export interface ReasonHeard {
  readonly message: RoomMessage;
  readonly room: TalkRoom;
  /** The message that asked the question. */
  readonly about: string;
  readonly text: string;
}

/** As long as the comment of a rating may be. */
const LONGEST_COMMENT = 2_000;

/** Keeps why an answer did not help, and thanks for it once. */
export const hearReason =
  (parts: RoomsParts) =>
  async ({ message, room, about, text }: ReasonHeard): Promise<void> => {
    const { documents, answering, askerOf } = parts;
    const saidIn = { person: message.author, saidIn: message.id };
    await noteReasonSaid(documents, threadIdOf(message, room), saidIn);
    const [found] = await documents.get(roomQuestions, [about]);
    const asked = found?.body as unknown as RoomQuestion | undefined;
    if (asked?.question === undefined || asked.conversation === undefined) return;
    const { question, conversation, person, thread, language } = asked;
    const [asker, rater] = await Promise.all([askerOf(person), askerOf(message.author)]);
    await answering.rateForAll(
      { asker, conversation, question, rater, rating: 'down', comment: commentOf(text) },
      await doingOf(parts, rater, `reason\n${message.id}`),
    );
    await replyOnce(parts, {
      ...{ room: message.room, thread: message.thread ?? thread, since: message.at },
      cause: `thanks\n${message.id}`,
      text: answerWords(language).thanks,
    });
  };

const commentOf = (text: string): string => text.trim().slice(0, LONGEST_COMMENT).toWellFormed();
