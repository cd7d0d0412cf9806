import type { ChatAccount, RoomMessage, TalkRoom } from '#libs/ports/chat';

import type { RoomThread } from '../threads/room-thread.js';
import { readCommand } from './read-command.js';
import type { RoomCommand } from './room-command.js';
import { spokenTo, type SpokenTo } from './spoken-to.js';

export interface MessageToJudge {
  readonly message: RoomMessage;
  readonly room: TalkRoom;
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

/** As long as a question may be. What is longer is cut: its beginning is what it asks. */
const LONGEST_QUESTION = 4_000;

const NOTHING: MessageJudgement = { sort: 'nothing' };

/** Judges a message by its words, its room and its thread alone; whether it is too old is asked elsewhere. */
export const judgeMessage = (judged: MessageToJudge): MessageJudgement => {
  const { message, room, self, triggers } = judged;
  if (message.isByMachine || message.author === self.id || isOutOfReach(room)) return NOTHING;
  const spoken = spokenTo(message, self, triggers);
  const isAlone = isRoomOfTwo(room, self);
  const about = spoken.isFirst ? undefined : reasonAwaited(judged);
  if (about !== undefined && spoken.text !== '')
    return { sort: 'reason', about, text: message.text.trim() };
  if (!spoken.isSpoken && !isAlone && !isFollowUp(judged)) return NOTHING;
  return judgeText(spoken, spoken.isFirst || isAlone, spoken.isSpoken || isAlone);
};

const isOutOfReach = ({ form, isEncrypted, optsOut }: TalkRoom): boolean =>
  form === 'livechat' || isEncrypted || optsOut;

/** A direct room with others in it is one where people talk to each other. */
export const isRoomOfTwo = ({ form, people }: TalkRoom, { id }: ChatAccount): boolean =>
  form === 'direct' && people.length <= 2 && people.includes(id);

/** The question of which this message says why its answer did not help. */
const reasonAwaited = ({ message, thread, now }: MessageToJudge): string | undefined => {
  const awaited = thread?.awaited.find(({ person }) => person === message.author);
  if (!awaited) return undefined;
  // The same message may be heard again: it still says why, and the one after it does not.
  const isIt = awaited.saidIn === undefined ? now < awaited.until : awaited.saidIn === message.id;
  return isIt ? awaited.message : undefined;
};

/** The next message of somebody who has a dialogue in this thread. */
const isFollowUp = ({ message, thread }: MessageToJudge): boolean =>
  message.thread !== undefined &&
  message.text.trim() !== '' &&
  (thread?.dialogues.some(({ person, over }) => person === message.author && over !== 'archived') ??
    false);

const judgeText = (
  { text }: SpokenTo,
  mayCommand: boolean,
  mayBeEmpty: boolean,
): MessageJudgement => {
  if (text === '') return mayBeEmpty ? { sort: 'command', command: { does: 'help' } } : NOTHING;
  const command = mayCommand ? readCommand(text) : undefined;
  if (command) return { sort: 'command', command };
  return { sort: 'question', text: cut(text) };
};

const cut = (text: string): string => {
  const short = text.slice(0, LONGEST_QUESTION);
  // Half a sign is none.
  return short.length < text.length && !short.isWellFormed() ? short.slice(0, -1) : short;
};
