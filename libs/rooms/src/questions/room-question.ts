import type { Id } from '#libs/kernel';
import type { Collection } from '#libs/ports/documents';

import type { DocumentShape } from '../stored/changed-document.js';

/**
 * `open`: to be answered. `answered`, `gave_up`: what is shown is final. `withdrawn`: the question is gone, or asks nothing
 * any more. `left`: nobody is answered, for its asker does not read the room or we may not write there. `told`: it is no
 * question, but something else that is wanted of us.
 */
export type RoomQuestionState = 'open' | 'answered' | 'gave_up' | 'withdrawn' | 'left' | 'told';

/**
 * Whether the message with the answer was written. `trying` is noted before it is sent, so that after a crash somebody looks
 * before it is sent again. `gone`: it was there and was taken away; it is never written again.
 */
export type AnswerPosting = 'no' | 'trying' | 'yes' | 'gone';

/** A process that works at a question now; when `until` has passed it is taken for dead. */
export interface QuestionClaim {
  readonly by: Id;
  readonly until: number;
  /** Tells it from every other claim: the version of the document that it was made on. */
  readonly number: number;
}

/** Where it is kept what was asked and answered. */
export interface AskedInDialogue {
  readonly question: Id;
  readonly conversation: Id;
}

/** What was asked and is asked no longer: its dialogue still has to forget it. */
export interface RetractedQuestion extends AskedInDialogue {
  readonly reason: 'deleted' | 'edited';
}

/** A message that wants something, and how far its answer is. Ids only: what was asked and answered stands in its dialogue. */
export interface RoomQuestion extends Partial<AskedInDialogue> {
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
  /** When somebody first looked at this revision, by our clock. */
  readonly heardAt: number;
  readonly state: RoomQuestionState;
  /** Why it is withdrawn. */
  readonly because?: 'deleted' | 'edited';
  /** How many processes began with this revision, without those that came to an end by waiting. */
  readonly attempts: number;
  /** How often a fault made somebody wait. */
  readonly waits: number;
  readonly claim?: QuestionClaim;
  /** The id of the message with the answer. */
  readonly answer: string;
  readonly posting: AnswerPosting;
  /** What it shows, as a digest; noted before it is written. */
  readonly shown?: string;
  readonly shownAt?: number;
  /** How often it was changed for this revision. */
  readonly edits: number;
  /** How often somebody looked whether it shows that, since the work ended. */
  readonly looks: number;
  /** In which it is written, where that is known. */
  readonly language?: string;
  /** How often somebody found that a source of what is shown may be gone, and how many of these were looked into. */
  readonly doubts: number;
  readonly doubtsSeen: number;
  readonly retracted: readonly RetractedQuestion[];
  /** When somebody has to look at it again; `NEVER_DUE` where nobody has to. */
  readonly dueAt: number;
}

export const NEVER_DUE = Number.MAX_SAFE_INTEGER;

export const roomQuestions: Collection = {
  name: 'room_questions',
  fields: ['answer', 'dueAt'],
  orderedBy: 'dueAt',
};

export const questionShape: DocumentShape<RoomQuestion> = {
  collection: roomQuestions,
  fieldsOf: ({ answer, dueAt }) => ({ answer, dueAt }),
};
