import { asFault } from '#libs/kernel';

import type { Chat, ChatAccount, RoomMessage, TalkRoom } from './chat.port.js';

export interface HarnessRoom {
  readonly id: string;
  readonly form: TalkRoom['form'];
  /** Who is in it; we are where we are named. */
  readonly members: readonly string[];
  readonly isEncrypted?: true;
  readonly optsOut?: true;
}

export interface HarnessMessage {
  readonly room: string;
  readonly author: string;
  readonly text: string;
  readonly thread?: string;
  /** The message that it quotes, as the chat's own page does it. */
  readonly quoting?: string;
  readonly isByMachine?: true;
}

/** What everybody sees of a message. */
export interface ShownMessage extends Pick<RoomMessage, 'author' | 'id' | 'text' | 'thread'> {
  /** Pictures, quotes and previews that hang on it. */
  readonly hung: number;
}

/** A chat, with what a person, a moderator and an outage do to it. */
export interface ChatHarness {
  readonly chat: Chat;
  readonly own: ChatAccount;
  readonly addPerson: (id: string, userName: string) => Promise<void>;
  readonly renamePerson: (id: string, userName: string) => Promise<void>;
  readonly removePerson: (id: string) => Promise<void>;
  readonly addRoom: (room: HarnessRoom) => Promise<void>;
  readonly removeRoom: (room: string) => Promise<void>;
  readonly setReadOnly: (room: string, isReadOnly: boolean) => Promise<void>;
  /** We leave it. */
  readonly leave: (room: string) => Promise<void>;
  readonly join: (room: string) => Promise<void>;
  /** Answers the id. */
  readonly write: (message: HarnessMessage) => Promise<string>;
  /** The chat itself notes that somebody joined; answers the id. */
  readonly note: (room: string, person: string) => Promise<string>;
  readonly edit: (id: string, text: string, by: string) => Promise<void>;
  /** How a message can be deleted here. */
  readonly waysToRemove: readonly string[];
  readonly remove: (id: string, way: string) => Promise<void>;
  readonly react: (id: string, name: string, person: string) => Promise<void>;
  readonly unreact: (id: string, name: string, person: string) => Promise<void>;
  /** An address of this chat that leads to one of its messages. */
  readonly addressOf: (id: string) => string;
  readonly shownIn: (room: string) => Promise<readonly ShownMessage[]>;
  readonly trouble: (what: ChatTrouble | undefined) => Promise<void>;
  /** The next such call is done, and its answer never comes. */
  readonly loseAnswer: (call: 'change' | 'directRoomWith' | 'post') => void;
  readonly dispose: () => Promise<void>;
}

/** `waiting`: it asks us to wait for 40 s. */
export type ChatTrouble = 'away' | 'refusing us' | 'waiting';

export type MakeChat = () => Promise<ChatHarness>;
export type ChatBehaviour = (make: MakeChat) => Promise<void>;

export const using = async (
  make: MakeChat,
  run: (harness: ChatHarness) => Promise<void>,
): Promise<void> => {
  const harness = await make();
  try {
    await harness.addPerson(MIRA, 'mira.keller');
    await harness.addPerson(JON, 'jon');
    await harness.addRoom({ id: CLOSED, form: 'group', members: [MIRA, JON, harness.own.id] });
    await run(harness);
  } finally {
    await harness.dispose();
  }
};

export const MIRA = 'personMira000001';
export const JON = 'personJon0000001';
/** A closed room that we are in. */
export const CLOSED = 'roomClosed000001';
/** Long before anything that a behaviour does. */
export const LONG_AGO = 1;

export const codeOf = async (asked: Promise<unknown>): Promise<string> => {
  try {
    await asked;
    return 'answered';
  } catch (error) {
    return asFault(error).code;
  }
};
