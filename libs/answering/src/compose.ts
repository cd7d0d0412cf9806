import type { Catalog } from '#libs/catalog';
import type { Journal } from '#libs/journal';
import type { Clock } from '#libs/kernel';
import type { Keys } from '#libs/ports/keys';

import { askQuestion } from './ask-question/ask-question.js';
import { answerByCounting, type AnswerByCountingParts } from './count/answer-by-counting.js';
import { changeDialogues } from './dialogues/change-dialogues.js';
import { readDialogues } from './dialogues/read-dialogues.js';
import {
  answerFromPassages,
  type AnswerFromPassagesParts,
} from './extract/answer-from-passages.js';

import { answerByLookUp, type AnswerByLookUpParts } from './look-up/answer-by-look-up.js';
import { answerFromHistory } from './history/answer-from-history.js';

export interface AnsweringParts
  extends
    Pick<AnswerFromPassagesParts, 'judgeFound' | 'rateSentences' | 'search'>,
    Pick<AnswerByCountingParts, 'findScope' | 'lastHeard' | 'timeIn'>,
    Pick<AnswerByLookUpParts, 'findCalls' | 'findLinks'> {
  readonly journal: Journal;
  readonly keys: Pick<Keys, 'fingerprint'>;
  readonly clock: Clock;
  readonly recordsFor: Catalog['recordsFor'];
  /** Where "today" is, if no home says otherwise. */
  readonly timeZone: string;
}

/** Every use case of answering. Composing does no I/O, starts nothing and reads no clock. */
export const composeAnswering = (parts: AnsweringParts) => {
  const reading = readDialogues(parts);
  const changing = changeDialogues(parts);
  return {
    ask: askQuestion({
      ...parts,
      answerers: [answerFromHistory(parts), answerByLookUp(parts), answerByCounting(parts)],
      lastAnswerer: answerFromPassages(parts),
    }),
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
