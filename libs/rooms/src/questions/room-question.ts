import type { Id } from '#libs/kernel';
import type { Collection } from '#libs/ports/documents';

/**
 * `open`: to be answered. `answered`, `gave_up`: what is shown is final. `withdrawn`: the question or a source of its answer is gone.
 * `left`: nobody is answered, for its asker does not read the room or we may not write there.
 */
export type RoomQuestionState = 'open' | 'answered' | 'gave_up' | 'withdrawn' | 'left';

/**
 * Whether the message with the answer was written. `trying` is noted before it is sent, so that after a crash somebody looks
 * before it is sent again. `gone`: it was there and was taken away; it is never written again.
 */
export type AnswerPosting = 'no' | 'trying' | 'yes' | 'gone';

/** A process that works at a question now; when `until` has passed it is taken for dead. */
export interface QuestionClaim {
  readonly by: Id;
  readonly until: number;
}

/** A message that asks, and how far its answer is. Ids only: what was asked and answered stands in its dialogue. */
export interface RoomQuestion {
  /** The chat's own id of the message that asks; also the id of this document. */
  readonly message: string;
  readonly room: string;
  readonly isDirect: boolean;
  /** The thread that the answer stands in; missing: in the room itself. */
  readonly thread?: string;
  /** The account of the chat that asks. */
  readonly person: string;
  readonly askedAt: number;
  /** When the text that is answered was written: `editedAt` of the message, or 0. A later one is another question. */
  readonly revision: number;
  readonly state: RoomQuestionState;
  /** How many processes began with this revision. */
  readonly attempts: number;
  readonly claim?: QuestionClaim;
  /** The id of the message with the answer. */
  readonly answer: string;
  readonly posting: AnswerPosting;
  /** What it shows, as a digest. */
  readonly shown?: string;
  /** Where it is kept what was asked and answered. */
  readonly question?: Id;
  readonly conversation?: Id;
  /** When somebody has to look at it again; far away where nobody has to. */
  readonly dueAt: number;
}

export const roomQuestions: Collection = {
  name: 'room_questions',
  fields: ['answer', 'dueAt'],
  orderedBy: 'dueAt',
};
