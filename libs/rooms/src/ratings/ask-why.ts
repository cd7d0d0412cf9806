import type { RoomQuestion } from '../questions/room-question.js';
import type { RoomsParts } from '../rooms-parts.js';
import { answerWords } from '../say/answer-words.js';
import { replyOnce } from '../say/reply-once.js';
import { awaitReason } from '../threads/thread-documents.js';

const AWAITED_MS = 15 * 60_000;

/** Asks somebody once why an answer did not help; what that person writes next in the thread says so. */
export const askWhy = async (
  parts: RoomsParts,
  { message, answer, room, thread, askedAt, language }: RoomQuestion,
  person: string,
): Promise<void> => {
  const until = parts.clock.now() + AWAITED_MS;
  const threadId = thread === undefined ? room : `${room}/${thread}`;
  // Before it is asked, so that no reply is taken for a question.
  await awaitReason(parts.documents, threadId, { person, message, until });
  await replyOnce(parts, {
    ...{ room, thread, since: askedAt },
    cause: `why\n${answer}\n${person}`,
    text: answerWords(language).why,
  });
};
