import type { Catalog } from '#libs/catalog';
import type { Journal } from '#libs/journal';
import type { Clock } from '#libs/kernel';
import type { Documents } from '#libs/ports/documents';
import type { Keys } from '#libs/ports/keys';

import { createAnswersInFlight } from './ask-question/answers-in-flight.js';
import { askQuestion } from './ask-question/ask-question.js';
import { lookAtLeftAnswers } from './ask-question/keep-answer.js';
import { answerByCounting, type AnswerByCountingParts } from './count/answer-by-counting.js';
import { changeDialogues } from './dialogues/change-dialogues.js';
import { readDialogues } from './dialogues/read-dialogues.js';
import {
  answerFromPassages,
  type AnswerFromPassagesParts,
} from './extract/answer-from-passages.js';

import { answerFromHistory } from './history/answer-from-history.js';

export interface AnsweringParts
  extends
    Pick<AnswerFromPassagesParts, 'judgeFound' | 'rateSentences' | 'search'>,
    Pick<AnswerByCountingParts, 'findScope' | 'lastHeard' | 'timeIn'> {
  readonly journal: Journal;
  readonly keys: Pick<Keys, 'fingerprint'>;
  readonly clock: Clock;
  readonly documents: Documents;
  readonly recordsFor: Catalog['recordsFor'];
  readonly eraseQuoting: Catalog['eraseQuoting'];
  /** Where "today" is, if no home says otherwise. */
  readonly timeZone: string;
}

/** Every use case of answering. Composing does no I/O, starts nothing and reads no clock. */
export const composeAnswering = (parts: AnsweringParts) => {
  const reading = readDialogues(parts);
  const changing = changeDialogues(parts);
  const inFlight = createAnswersInFlight(parts);
  return {
    ask: askQuestion({
      ...parts,
      inFlight,
      answerers: [answerByCounting(parts), answerFromHistory(parts)],
      lastAnswerer: answerFromPassages(parts),
    }),
    lookAtLeftAnswers: lookAtLeftAnswers({ ...parts, inFlight }),
    showQuestion: reading.question,
    rateAnswer: changing.rate,
    listDialogues: reading.list,
    findDialogues: reading.find,
    showDialogue: reading.show,
    renameDialogue: changing.rename,
    archiveDialogue: changing.archive,
  };
};

export type Answering = ReturnType<typeof composeAnswering>;
