import type { Answering } from '#libs/answering';
import type { Clock, Id, Principals } from '#libs/kernel';
import type { Chat, ChatExamination, ChatExaminer } from '#libs/ports/chat';
import type { Documents } from '#libs/ports/documents';
import type { Keys } from '#libs/ports/keys';

/** What happened to a question of a room, for the log of the process and its metrics. Ids only. */
export interface RoomNotice {
  readonly event:
    | 'question.heard'
    | 'answer.placed'
    | 'answer.first_sentence'
    | 'answer.finished'
    | 'answer.gave_up'
    | 'answer.withdrawn'
    | 'answer.refused'
    | 'answer.rated';
  /** The chat's own ids. */
  readonly message: string;
  readonly room: string;
  /** Since the question was written. */
  readonly ms: number;
}

export interface RoomsParts {
  readonly documents: Documents;
  readonly keys: Pick<Keys, 'fingerprint'>;
  readonly clock: Clock;
  readonly chat: Chat & ChatExaminer;
  /** Words that ask, besides a mention of our account. */
  readonly triggers: readonly string[];
  /** Where people reach us; without it sources are named and not linked. */
  readonly publicUrl: string | undefined;
  /**
   * As whom a question of this person is answered in this room: what everybody who reads the room may read. Asked at each
   * call. `undefined`: this person does not read the room.
   */
  readonly principalsInRoom: (room: string, person: string) => Promise<Principals | undefined>;
  /** Whose question it is, as a principal. */
  readonly askerOf: (person: string) => Promise<string>;
  readonly answering: Pick<
    Answering,
    | 'archiveDialogue'
    | 'ask'
    | 'findDialogues'
    | 'giveUp'
    | 'listDialogues'
    | 'rateForAll'
    | 'renameDialogue'
    | 'showDialogue'
    | 'showQuestion'
    | 'withdrawQuestion'
  >;
  /** Of these records (`kind/id`) those that are gone. */
  readonly goneOf: (records: readonly string[]) => Promise<ReadonlySet<string>>;
  /** What the platform itself lacks for answers in the chat; the chat's own side is asked of the chat. */
  readonly examineOwnSide: () => Promise<ChatExamination>;
  /** This process as a holder of questions. */
  readonly holder: Id;
  /** Ends early, and well, when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly notice: (notice: RoomNotice) => void;
}
