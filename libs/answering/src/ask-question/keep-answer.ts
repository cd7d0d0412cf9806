import type { Journal } from '#libs/journal';
import type { Clock } from '#libs/kernel';

import type { AnswerDraft } from '../answers/answer.js';
import { dialogueDecider, type Dialogue } from '../dialogues/dialogue.js';
import {
  isReadable,
  namesOfReadable,
  restsOn,
  type AnswerGrounds,
  type RecordsFor,
} from '../dialogues/readable-answers.js';
import { textsIn } from '../texts/answer-texts.js';
import type { AnswerInFlight, AnswersInFlight } from './answers-in-flight.js';

export interface KeepAnswerParts {
  readonly journal: Pick<Journal, 'erasedSince' | 'stateOf'>;
  readonly recordsFor: RecordsFor;
  /** Erases streams that quote what was erased. */
  readonly eraseQuoting: (streams: readonly string[], actor: string) => Promise<unknown>;
}

/** How an answer is made. */
export interface AnswerMaking {
  readonly make: () => Promise<AnswerDraft>;
  /** What is said where no draft holds; missing: that nothing answers the question. */
  readonly nothing?: (language: string) => string;
}

/** A record that is erased at every attempt is not worth another. */
const MOST_DRAFTS = 3;

/**
 * A draft whose records were all there and readable after it was made. An erasure may come while it is made; then it is
 * made again from what is left.
 */
export const draftThatHolds = async (
  { journal, recordsFor }: KeepAnswerParts,
  { since }: AnswerInFlight,
  principals: readonly string[],
  { make, nothing = (language) => textsIn(language).unknown }: AnswerMaking,
): Promise<AnswerDraft> => {
  let draft = await make();
  for (let made = 1; ; made++) {
    const grounds = groundsOf(draft);
    const erased = await journal.erasedSince(since, restsOn(grounds));
    if (
      erased.length === 0 &&
      isReadable(grounds, await namesOfReadable(recordsFor, principals, [grounds]))
    )
      return draft;
    if (made === MOST_DRAFTS) return nothingOf(draft, nothing);
    draft = await make();
  }
};

/**
 * Looks again after an answer was kept, and erases its dialogue if something that it rests on was erased since its
 * records were read. Who erases looks for answers kept before; this finds those kept after. Answers the dialogue as
 * it is then.
 */
export const lookAgain = async (
  { journal, eraseQuoting }: KeepAnswerParts,
  flight: AnswerInFlight | undefined,
  kept: Dialogue | undefined,
  actor: string,
): Promise<Dialogue | undefined> => {
  const answer = flight && kept?.questions.find(({ id }) => id === flight.question);
  if (!answer) return kept;
  const { stream, since } = flight;
  const erased = await journal.erasedSince(since, restsOn(answer));
  if (erased.length === 0) return kept;
  await eraseQuoting([stream], actor);
  return journal.stateOf(dialogueDecider, stream);
};

export interface LookAtLeftAnswersParts extends KeepAnswerParts {
  readonly inFlight: Pick<AnswersInFlight, 'end' | 'leftBefore'>;
  readonly clock: Clock;
}

/** A question may take so long; then its process is taken for dead. */
const LEFT_MS = 120_000;
const PAGE = 100;
const ACTOR = 'innkeeper';

/** What a process that died had kept and not looked at again. Answers how many questions were looked at. */
export const lookAtLeftAnswers =
  (parts: LookAtLeftAnswersParts) => async (): Promise<{ readonly looked: number }> => {
    const { inFlight, journal, clock } = parts;
    const left = await inFlight.leftBefore(clock.now() - LEFT_MS, PAGE);
    for (const one of left) {
      await lookAgain(parts, one, await journal.stateOf(dialogueDecider, one.stream), ACTOR);
      await inFlight.end(one.question);
    }
    return { looked: left.length };
  };

const groundsOf = (draft: AnswerDraft): AnswerGrounds =>
  draft.outcome === 'asked_back'
    ? { citations: [], choices: draft.choices }
    : { citations: draft.citations, choices: [] };

const nothingOf = ({ language }: AnswerDraft, say: (language: string) => string): AnswerDraft => ({
  outcome: 'abstained',
  language,
  answer: say(language),
  citations: [],
});
