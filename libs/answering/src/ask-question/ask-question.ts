import type { FactMeta } from '#libs/contracts';
import type { Journal } from '#libs/journal';
import { derivedId, fault, utf8, type Clock, type Id } from '#libs/kernel';
import type { Keys } from '#libs/ports/keys';

import type {
  AnswerDraft,
  AnswerQuestion,
  GivenAnswer,
  OnAnswerProgress,
  QuestionToAnswer,
} from '../answers/answer.js';
import { givenAnswer } from '../answers/given-answer.js';
import { readChoice } from '../dialogues/choose.js';
import { dialogueStream } from '../dialogues/dialogue-stream.js';
import type { DialogueCommand } from '../dialogues/dialogue-commands.js';
import type { QuestionOutcome } from '../dialogues/dialogue-events.js';
import { dialogueDecider, type Dialogue, type DialogueQuestion } from '../dialogues/dialogue.js';
import { isBegunBy } from '../dialogues/read-dialogues.js';
import { turnsBefore } from '../dialogues/readable-answers.js';
import { withoutLinks, withoutMentions, withoutUnseen } from '../model/check/plain-text.js';
import type { AnswerInFlight, AnswersInFlight } from './answers-in-flight.js';
import {
  draftThatHolds,
  lookAgain,
  type AnswerMaking,
  type KeepAnswerParts,
} from './keep-answer.js';

export interface SettleQuestionParts extends KeepAnswerParts {
  readonly journal: Journal;
  readonly inFlight: AnswersInFlight;
  readonly keys: Pick<Keys, 'fingerprint'>;
  readonly clock: Clock;
  /** Where "today" is. */
  readonly timeZone: string;
}

export interface AskQuestionParts extends SettleQuestionParts {
  /** In this order: the first that knows a question of its sort answers it. */
  readonly answerers: readonly AnswerQuestion[];
  /** Answers all that the others leave. */
  readonly lastAnswerer: AnswerQuestion<AnswerDraft>;
}

export interface AskRequest {
  readonly text: string;
  /** The dialogue it goes on with; missing: it begins one. */
  readonly conversation?: Id;
  /** The same key again is the same question: it is answered once. */
  readonly key?: string;
  /** Records that it is about, where the asker chose them. */
  readonly about?: readonly string[];
  /** Whose question it is, as a principal. */
  readonly asker: string;
  /** As whom it is answered. */
  readonly principals: readonly string[];
  /** The principal an admin asks for, where it is not the asker. */
  readonly as?: string;
  /** The room of the chat that it is asked in, if it is: its budget of the day pays too. */
  readonly room?: string;
  /** Other dialogues that were heard in the same thread: their turns help to understand the question. */
  readonly besides?: readonly Id[];
}

/** Who does it, and the id of the doing. */
export interface AskingCause {
  readonly actor: string;
  readonly cause: Id;
}

export type AskQuestion = (
  request: AskRequest,
  cause: AskingCause,
  /** Hears of the answer while it is made. An answer that was there already comes at once. */
  onProgress?: OnAnswerProgress,
) => Promise<GivenAnswer>;

/**
 * Keeps the question, answers it, keeps the answer. Each step is safe to repeat: after a crash the same request with
 * its key goes on where it ended.
 */
export const askQuestion =
  (parts: AskQuestionParts): AskQuestion =>
  (request, cause, onProgress) =>
    settleQuestion(parts, request, cause, (question) => ({
      make: async () => answer(parts, await question(), onProgress),
    }));

/** What is made of a question that has no outcome yet. Each time it is made, what may be read is looked at again. */
type MakeAnswer = (question: () => Promise<QuestionToAnswer>) => AnswerMaking;

/** Asks a question if it is not there, and settles it if it is open. The first outcome stays. */
export const settleQuestion = async (
  parts: SettleQuestionParts,
  request: AskRequest,
  { actor, cause }: AskingCause,
  makeAnswer: MakeAnswer,
): Promise<GivenAnswer> => {
  const { journal, clock } = parts;
  const question = await questionIdOf(parts, request, cause);
  const conversation = request.conversation ?? question;
  const stream = dialogueStream(conversation);
  if (stream === undefined) throw fault('API_NOT_FOUND');
  const isOn = request.conversation !== undefined;
  if (isOn && !(await isBegunBy(journal, stream, request.asker))) throw fault('API_NOT_FOUND');
  const meta = metaOf(actor, cause);
  const { state: asked } = await journal.decide(dialogueDecider, {
    stream,
    command: () => askCommand(request, { question, begins: !isOn, at: clock.now() }),
    metaOf: () => meta,
  });
  const open = questionIn(asked, question);
  const { principals } = request;
  const given = async (kept: Dialogue | undefined, flight?: AnswerInFlight) => {
    const looked = await lookAgain(parts, flight, kept, actor);
    if (flight) await parts.inFlight.end(question);
    return givenAnswer(parts.recordsFor, {
      ...{ conversation, principals },
      question: questionIn(looked, question),
    });
  };
  if (!asked || open.outcome !== undefined || open.withdrawn !== undefined)
    return given(asked, await parts.inFlight.find(question));
  const flight = await parts.inFlight.begin(question, stream);
  const making = makeAnswer(() => questionToAnswer(parts, asked, open, request));
  const draft = await draftThatHolds(parts, flight, principals, making);
  const outcome = outcomeFact(question, withoutCalls(draft), clock.now());
  const { state: kept } = await journal.decide(dialogueDecider, {
    stream,
    command: () => ({ does: 'settle', outcome }) as const,
    metaOf: () => meta,
  });
  return given(kept, flight);
};

const askCommand = (
  { asker, text, as, about }: AskRequest,
  asked: { readonly question: Id; readonly begins: boolean; readonly at: number },
): DialogueCommand => ({
  does: 'ask',
  ...asked,
  asker,
  text,
  ...(as !== undefined && { as }),
  ...(about && { about }),
});

const questionIdOf = async (
  { keys }: SettleQuestionParts,
  { asker, key }: AskRequest,
  cause: Id,
): Promise<Id> => {
  if (key === undefined) return cause;
  const [digest = new Uint8Array()] = await keys.fingerprint([utf8(`question\n${asker}\n${key}`)]);
  // It was not asked at a time that the key tells.
  return derivedId(0, digest);
};

const metaOf = (actor: string, cause: Id): FactMeta => ({
  source: 'innkeeper/answering',
  actor,
  correlationId: cause,
  causationId: cause,
});

const questionIn = (dialogue: Dialogue | undefined, id: Id): DialogueQuestion => {
  const found = dialogue?.questions.find((one) => one.id === id);
  if (!found) throw fault('LOG_UNAVAILABLE', { details: { question: id } });
  return found;
};

/** With what was said before it, as far as that may be read now. */
const questionToAnswer = async (
  { journal, recordsFor, timeZone }: SettleQuestionParts,
  dialogue: Dialogue,
  { turn, askedAt, about }: DialogueQuestion,
  { text, asker, principals, room, conversation, besides = [] }: AskRequest,
): Promise<QuestionToAnswer> => {
  const streams = [...new Set(besides)].flatMap((id) =>
    id === conversation ? [] : (dialogueStream(id) ?? []),
  );
  const others = await Promise.all(
    streams.map((stream) => journal.stateOf(dialogueDecider, stream)),
  );
  const place = { turn, askedAt, besides: others.flatMap((other) => other ?? []) };
  const turns = await turnsBefore(recordsFor, principals, dialogue, place);
  const asked = readChoice(dialogue, turn, { text, about });
  return { ...asked, turns, asker, room, principals, at: askedAt, timeZone };
};

const answer = async (
  { answerers, lastAnswerer }: AskQuestionParts,
  question: QuestionToAnswer,
  onProgress: OnAnswerProgress | undefined,
): Promise<AnswerDraft> => {
  for (const answerer of answerers) {
    const draft = await answerer(question, onProgress);
    if (draft) return draft;
  }
  return lastAnswerer(question, onProgress);
};

/** An answer quotes what anybody wrote: nobody is called by it, and no link is made of it that is not ours. */
const withoutCalls = (draft: AnswerDraft): AnswerDraft => ({
  ...draft,
  answer: withoutMentions(withoutLinks(withoutUnseen(draft.answer))),
});

const outcomeFact = (question: Id, draft: AnswerDraft, occurredAt: number): QuestionOutcome => {
  const { answer: text, language } = draft;
  switch (draft.outcome) {
    case 'answered':
      return {
        type: 'answering.question.answered.v1',
        occurredAt,
        data: {
          question,
          language,
          way: draft.way,
          citations: citedIn(draft),
          ...(draft.count !== undefined && { count: draft.count }),
          ...(draft.model && { model: draft.model }),
        },
        personal: { answer: text, quotes: draft.citations.map(({ quote }) => quote) },
      };
    case 'abstained':
      return {
        type: 'answering.question.abstained.v1',
        occurredAt,
        data: { question, language, citations: citedIn(draft) },
        personal: { answer: text, quotes: draft.citations.map(({ quote }) => quote) },
      };
    case 'asked_back':
      return {
        type: 'answering.question.asked_back.v1',
        occurredAt,
        data: { question, language, choices: draft.choices.map(({ id }) => id) },
        personal: { answer: text, names: draft.choices.map(({ name }) => name) },
      };
    default:
      return draft satisfies never;
  }
};

const citedIn = ({
  citations,
}: {
  readonly citations: readonly { readonly record: string; readonly path?: string }[];
}) => citations.map(({ record, path }) => ({ record, ...(path !== undefined && { path }) }));
