import type { ChatAccount, ChatMessage, ChatRoom } from '#libs/ports/chat';

import type { RoomThread } from '../threads/room-thread.js';
import type { RoomCommand } from './room-command.js';

export interface MessageToJudge {
  readonly message: ChatMessage;
  readonly room: ChatRoom;
  readonly self: ChatAccount;
  readonly triggers: readonly string[];
  /** What is known of the thread that it stands in. */
  readonly thread: RoomThread | undefined;
  readonly now: number;
}

/** What a message wants of us. */
export type MessageJudgement =
  | { readonly sort: 'nothing' }
  | { readonly sort: 'question'; readonly text: string }
  | { readonly sort: 'command'; readonly command: RoomCommand }
  /** Why an answer did not help; `about` is the message that asked the question. */
  | { readonly sort: 'reason'; readonly about: string; readonly text: string };

/** Judges a message by its words, its room and its thread alone; whether it is too old or ours is asked elsewhere. */
export const judgeMessage = (_judged: MessageToJudge): MessageJudgement => ({ sort: 'nothing' });
