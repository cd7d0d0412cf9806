import type { RoomMessage, TalkRoom } from '#libs/ports/chat';

import { judgeMessage, type MessageJudgement } from '../judge/judge-message.js';
import type { RoomsParts } from '../rooms-parts.js';
import type { RoomThread } from '../threads/room-thread.js';
import { findThread, threadIdOf } from '../threads/thread-documents.js';

/** A message as the chat has it now, and what it wants of us. */
export interface SeenMessage {
  readonly message: RoomMessage;
  readonly room: TalkRoom;
  /** Where the dialogues of its thread are kept. */
  readonly threadId: string;
  readonly thread: RoomThread | undefined;
  readonly judged: MessageJudgement;
}

export const revisionOf = ({ editedAt = 0 }: Pick<RoomMessage, 'editedAt'>): number => editedAt;

/** `gone`: nobody reads it any more. `not_ours`: it is one that nobody answers, and never becomes another. */
export const lookAtMessage = async (
  { chat, documents, clock, triggers }: RoomsParts,
  id: string,
): Promise<SeenMessage | 'gone' | 'not_ours'> => {
  const [self, message] = await Promise.all([chat.self(), chat.message(id)]);
  if (!message) return 'gone';
  if (message.isByMachine || message.author === self.id) return 'not_ours';
  const room = await chat.room(message.room);
  if (!room) return 'gone';
  const threadId = threadIdOf(message, room);
  const thread = await findThread(documents, threadId);
  const judged = judgeMessage({ message, room, self, triggers, thread, now: clock.now() });
  return { message, room, threadId, thread, judged };
};
