export type {
  AnswerCitation,
  AnswerDraft,
  AnswerModel,
  AnswerProgress,
  AnswerQuestion,
  AnswerTurn,
  AnswerWay,
  GivenAnswer,
  OnAnswerProgress,
} from './answers/answer.js';
export type { AskingCause, AskRequest } from './ask-question/ask-question.js';
export type { HeardRating, QuestionToWithdraw } from './dialogues/change-dialogues.js';
export {
  composeAnswering,
  type Answering,
  type AnsweringModelParts,
  type AnsweringParts,
} from './compose.js';
export type { DialogueReader, ShownDialogue } from './dialogues/dialogue-shown.js';
export type { DialoguePage, ListedDialogue } from './dialogues/read-dialogues.js';
export type { RatedSentence, RateSentences } from './extract/best-sentences.js';
export type { ModelLimits } from './model/model-limits.js';
export type {
  BudgetLeft,
  DayOfUse,
  ModelBudget,
  ModelUse,
  PersonUse,
  RoomUse,
  SpentBudget,
} from './model/use/model-use.js';
export type { ModelEnd } from './model/write-with-model.js';
