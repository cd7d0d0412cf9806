import type {
  DialogueArchivedV1,
  DialogueRenamedV1,
  DialogueRenamedV1Personal,
  QuestionAbstainedV1,
  QuestionAbstainedV1Personal,
  QuestionAnsweredV1,
  QuestionAnsweredV1Personal,
  QuestionAskedBackV1,
  QuestionAskedBackV1Personal,
  QuestionAskedV1,
  QuestionAskedV1Personal,
  QuestionRatedV1,
  QuestionRatedV1Personal,
  QuestionUnratedV1,
  QuestionWithdrawnV1,
} from '#libs/contracts';

interface DialogueFact<Type extends string, Data, Personal> {
  readonly type: Type;
  readonly occurredAt: number;
  readonly data: Data;
  readonly personal?: Personal;
}

export type QuestionAsked = DialogueFact<
  'answering.question.asked.v1',
  QuestionAskedV1,
  QuestionAskedV1Personal
>;
export type QuestionAnswered = DialogueFact<
  'answering.question.answered.v1',
  QuestionAnsweredV1,
  QuestionAnsweredV1Personal
>;
export type QuestionAbstained = DialogueFact<
  'answering.question.abstained.v1',
  QuestionAbstainedV1,
  QuestionAbstainedV1Personal
>;
export type QuestionAskedBack = DialogueFact<
  'answering.question.asked_back.v1',
  QuestionAskedBackV1,
  QuestionAskedBackV1Personal
>;
export type QuestionRated = DialogueFact<
  'answering.question.rated.v1',
  QuestionRatedV1,
  QuestionRatedV1Personal
>;
export type QuestionUnrated = DialogueFact<
  'answering.question.unrated.v1',
  QuestionUnratedV1,
  undefined
>;
export type QuestionWithdrawn = DialogueFact<
  'answering.question.withdrawn.v1',
  QuestionWithdrawnV1,
  undefined
>;
type DialogueRenamed = DialogueFact<
  'answering.dialogue.renamed.v1',
  DialogueRenamedV1,
  DialogueRenamedV1Personal
>;
type DialogueArchived = DialogueFact<
  'answering.dialogue.archived.v1',
  DialogueArchivedV1,
  undefined
>;

/** What became of a question: one of these, and only once. */
export type QuestionOutcome = QuestionAnswered | QuestionAbstained | QuestionAskedBack;
export type DialogueEvent =
  QuestionAsked | QuestionOutcome | QuestionRated | QuestionUnrated | QuestionWithdrawn | Titled;
type Titled = DialogueRenamed | DialogueArchived;
