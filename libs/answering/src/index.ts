export type { AnswerCitation, AnswerDraft, AnswerQuestion, GivenAnswer } from './answers/answer.js';
export type { AskingCause, AskRequest } from './ask-question/ask-question.js';
export { composeAnswering, type Answering, type AnsweringParts } from './compose.js';
export type { DialogueReader, ShownDialogue } from './dialogues/dialogue-shown.js';
export type { DialoguePage, ListedDialogue } from './dialogues/read-dialogues.js';
export type { RatedSentence, RateSentences } from './extract/best-sentences.js';
