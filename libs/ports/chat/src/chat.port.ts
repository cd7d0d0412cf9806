/**
 * A message of the chat as it is now. What nobody wrote is none: a note that somebody joined, or what was deleted and
 * left a trace.
 */
export interface RoomMessage {
  /** The chat's own id, as every id here. */
  readonly id: string;
  readonly room: string;
  /** The message that began its thread. */
  readonly thread?: string;
  readonly author: string;
  /** By which others mention the author; it may change. */
  readonly authorUserName: string;
  /** No person wrote it: a bot, an app, an integration. Our own messages are none of these, and have our id. */
  readonly isByMachine: boolean;
  /** As it was written, without what quotes another message. Empty where somebody sent a file without a word. */
  readonly text: string;
  /** In ms since 1970, by the chat's clock. */
  readonly at: number;
  readonly editedAt?: number;
  /** Who edited it last. */
  readonly editedBy?: string;
  /** Accounts that it mentions, each once; neither `@all` nor `@here` is one. */
  readonly mentions: readonly string[];
  readonly reactions: readonly ChatReaction[];
}

/** One way to react, with those who did. Accounts that are gone are left out, and so is what nobody else did. */
export interface ChatReaction {
  /** `:+1:`. */
  readonly name: string;
  readonly people: readonly string[];
}

export interface TalkRoom {
  readonly id: string;
  /** `channel` is open, `group` is closed, `direct` is between its people, `livechat` is with somebody from outside. */
  readonly form: 'channel' | 'group' | 'direct' | 'livechat';
  readonly isEncrypted: boolean;
  /** Somebody wrote there that we stay out: `#no-innkeeper`. */
  readonly optsOut: boolean;
  /** Accounts of a direct room, ours too; empty elsewhere. */
  readonly people: readonly string[];
}

export interface ChatAccount {
  readonly id: string;
  readonly userName: string;
}

export interface NewChatMessage {
  /** Of our choice: what has this id already is not written again. */
  readonly id: string;
  readonly room: string;
  readonly thread?: string;
  /** At most `LONGEST_CHAT_TEXT`, and not empty. Blanks around it are not kept. */
  readonly text: string;
}

/**
 * `there`: this id is taken, by a message that stands or by one that was deleted and left a trace.
 * `refused`: we may not write in this room now, or the room is gone.
 */
export type PostOutcome = 'posted' | 'there' | 'refused';

/** `gone`: nobody sees it any more. `refused`: we may not change it now, or it is not ours. */
export type ChangeOutcome = 'changed' | 'gone' | 'refused';

/** What is missing for answers in the chat, on either side, as a check of both found it. */
export interface ChatObstacle {
  /** `missing`: it does not work without; `advice`: it works, with a risk. */
  readonly kind: 'missing' | 'advice';
  readonly side: 'chat' | 'platform';
  /** What it is, and what to do. */
  readonly text: string;
}

export interface ChatExamination {
  readonly obstacles: readonly ChatObstacle[];
  /** What was looked at and is well. */
  readonly well: readonly string[];
}

/** The longest text of a message, as JavaScript counts: servers refuse more. */
export const LONGEST_CHAT_TEXT = 4_500;

/**
 * The team's chat, as our own account sees and writes it.
 *
 * Now: each answer is what the chat says at that moment; nothing is remembered, but who we are.
 * Once: of two posts with one id at most one becomes a message. A post that was answered stands, and one that was not
 * answered may stand. After somebody deleted it, a post of the same id would write it again: ask `wasRemoved` before.
 * Text: it is shown, and read again, as it is given. No address in it brings a picture or a quote of what is behind it.
 * Failure: `CHAT_UNAVAILABLE` (also: asked to wait, and then with how long), `CHAT_CREDENTIALS_REFUSED`. A refusal of one
 * message or room is an outcome, no fault. A text that is empty or too long is a defect of who posts it.
 */
export interface Chat {
  /** Our own account. */
  self(): Promise<ChatAccount>;

  /** `undefined`: it is gone, hidden, or not for us. */
  message(id: string): Promise<RoomMessage | undefined>;

  /** `undefined`: it is gone, or not for us. */
  room(id: string): Promise<TalkRoom | undefined>;

  /**
   * Whether a message of this id was in the room and was taken away. `since`, in ms since 1970, is how far back it has to
   * look. Of a room that is gone or not for us it is true: nothing there may be written again.
   */
  wasRemoved(id: string, room: string, since: number): Promise<boolean>;

  post(message: NewChatMessage): Promise<PostOutcome>;

  /** Writes another text into a message of ours. */
  change(message: Pick<NewChatMessage, 'id' | 'room' | 'text'>): Promise<ChangeOutcome>;

  /** The room in which only this person and we are; made if there is none. `undefined`: there can be none. */
  directRoomWith(person: string): Promise<string | undefined>;
}

/** Looks at both sides for `chat check`. */
export interface ChatExaminer {
  examine(): Promise<ChatExamination>;
}
