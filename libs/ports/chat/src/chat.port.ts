/** A message of the chat as it is now. What is no message of a person or a machine is none: notes that somebody joined. */
export interface ChatMessage {
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
  /** As it was written, without what quotes another message. */
  readonly text: string;
  /** In ms since 1970, by the chat's clock. */
  readonly at: number;
  readonly editedAt?: number;
  /** Who edited it last. */
  readonly editedBy?: string;
  /** Accounts that it mentions. */
  readonly mentions: readonly string[];
  readonly reactions: readonly ChatReaction[];
}

/** One way to react, with those who did. Accounts that are gone are left out. */
export interface ChatReaction {
  /** `:+1:`. */
  readonly name: string;
  readonly people: readonly string[];
}

export interface ChatRoom {
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
  readonly text: string;
}

/** `there`: a message has this id already. `refused`: we may not write in this room now, or the room is gone. */
export type PostOutcome = 'posted' | 'there' | 'refused';

/** `gone`: nobody sees it any more. `refused`: we may not change it now. */
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
  readonly well: readonly Pick<ChatObstacle, 'side' | 'text'>[];
}

/** The longest text of a message, as JavaScript counts: servers refuse more. */
export const LONGEST_CHAT_TEXT = 4_500;

/**
 * The team's chat, as our own account sees and writes it.
 *
 * Now: each answer is what the chat says at that moment; nothing is remembered, but who we are.
 * Once: of two posts with one id at most one becomes a message. A post that was answered stands, and one that was not
 * answered may stand. After somebody deleted it, a post of the same id would write it again: ask `wasRemoved` before.
 * Text: it is shown as it is given. No address in it brings a picture or a quote of what is behind it.
 * Failure: `CHAT_UNAVAILABLE` (also: asked to wait), `CHAT_CREDENTIALS_REFUSED`. A refusal of one message or room is an
 * outcome, no fault.
 */
export interface Chat {
  /** Our own account. */
  self(): Promise<ChatAccount>;

  /** `undefined`: it is gone, hidden, or not for us. */
  message(id: string): Promise<ChatMessage | undefined>;

  room(id: string): Promise<ChatRoom | undefined>;

  /** Whether a message of this id was in the room and was taken away after that time. */
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
