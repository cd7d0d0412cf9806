import type { Catalog } from '#libs/catalog';
import type { Journal } from '#libs/journal';
import type { Clock } from '#libs/kernel';
import type { TokenPrice } from '#libs/ports/chat-model';
import type { Documents } from '#libs/ports/documents';
import type { Keys } from '#libs/ports/keys';

import { createAnswersInFlight } from './ask-question/answers-in-flight.js';
import { askQuestion } from './ask-question/ask-question.js';
import { giveUp, type GiveUpParts } from './ask-question/give-up.js';
import { lookAtLeftAnswers } from './ask-question/keep-answer.js';
import { answerByCounting, type AnswerByCountingParts } from './count/answer-by-counting.js';
import { changeDialogues } from './dialogues/change-dialogues.js';
import { readDialogues } from './dialogues/read-dialogues.js';
import {
  answerFromPassages,
  type AnswerFromPassagesParts,
} from './extract/answer-from-passages.js';

import { answerByLookUp, type AnswerByLookUpParts } from './look-up/answer-by-look-up.js';
import { answerFromRecordHistory } from './history/answer-from-record-history.js';
import { answerFromHistory } from './history/answer-from-history.js';
import { withoutOrders } from './model/prompt/orders.js';
import { createModelUses, type ModelBudget } from './model/use/model-use.js';
import { writeWithModel, type WriteWithModelParts } from './model/write-with-model.js';

/** A language model, and what it may see and cost. */
export interface AnsweringModelParts extends Omit<
  WriteWithModelParts,
  'clock' | 'countAnswer' | 'recordsFor' | 'search' | 'uses'
> {
  readonly budget: ModelBudget;
  readonly price: TokenPrice;
}

export interface AnsweringParts
  extends
    Pick<AnswerFromPassagesParts, 'judgeFound' | 'rateSentences' | 'search'>,
    Pick<AnswerByCountingParts, 'findScope' | 'lastHeard' | 'timeIn'>,
    Pick<AnswerByLookUpParts, 'findCalls' | 'findLinks'>,
    Pick<GiveUpParts, 'languageIn'> {
  readonly journal: Journal;
  readonly keys: Pick<Keys, 'fingerprint'>;
  readonly clock: Clock;
  readonly documents: Documents;
  readonly recordsFor: Catalog['recordsFor'];
  readonly eraseQuoting: Catalog['eraseQuoting'];
  /** Where "today" is, if no home says otherwise. */
  readonly timeZone: string;
  /** Missing: answers are the best sentences of their sources, and say so. */
  readonly model?: AnsweringModelParts | undefined;
}

const nothingToSpend = {
  budget: {
    ...{ perPersonDay: 0, perRoomDay: 0, tokensPerDay: 0, tokensPerPersonDay: 0 },
    ...{ tokensPerRoomDay: 0, centsPerDay: 0, centsPerPersonDay: 0, centsPerRoomDay: 0 },
  },
  price: { inCents: 0, cachedCents: 0, outCents: 0 },
};

/** Every use case of answering. Composing does no I/O, starts nothing and reads no clock. */
export const composeAnswering = (parts: AnsweringParts) => {
  const reading = readDialogues(parts);
  const changing = changeDialogues(parts);
  const inFlight = createAnswersInFlight(parts);
  const { model } = parts;
  const uses = createModelUses({ ...parts, ...(model ?? nothingToSpend) });
  const countAnswer = answerByCounting(parts);
  const rateSentences = withoutOrders(parts.rateSentences);
  const writeAnswer = model && writeWithModel({ ...parts, ...model, uses, countAnswer });
  return {
    ask: askQuestion({
      ...parts,
      inFlight,
      answerers: [
        answerFromRecordHistory(parts),
        answerFromHistory(parts),
        answerByLookUp(parts),
        countAnswer,
      ],
      lastAnswerer: answerFromPassages({
        ...parts,
        writeAnswer,
        rateSentences,
      }),
    }),
    lookAtLeftAnswers: lookAtLeftAnswers({ ...parts, inFlight }),
    showQuestion: reading.question,
    rateAnswer: changing.rate,
    giveUp: giveUp({ ...parts, inFlight, rateSentences }),
    rateForAll: changing.rateForAll,
    withdrawQuestion: changing.withdraw,
    listDialogues: reading.list,
    findDialogues: reading.find,
    showDialogue: reading.show,
    renameDialogue: changing.rename,
    archiveDialogue: changing.archive,
    readModelUse: (day?: string, asker?: string) => uses.read(day, asker),
  };
};

export type Answering = ReturnType<typeof composeAnswering>;
