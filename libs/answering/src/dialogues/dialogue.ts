import type { CitationData } from '#libs/contracts';
import type { Decider, RecordedEvent } from '#libs/journal';
import { fault, type Id } from '#libs/kernel';

import type {
  ArchiveDialogue,
  AskInDialogue,
  DialogueCommand,
  RateQuestion,
  RenameDialogue,
  SettleQuestion,
  UnrateQuestion,
  WithdrawQuestion,
} from './dialogue-commands.js';
import type {
  DialogueEvent,
  QuestionAsked,
  QuestionOutcome,
  QuestionRated,
} from './dialogue-events.js';

/** A question of a dialogue with what became of it. Texts are missing once they were erased. */
export interface DialogueQuestion {
  readonly id: Id;
  readonly turn: number;
  readonly askedAt: number;
  readonly text?: string;
  readonly askedAs?: string;
  readonly about: readonly string[];
  readonly outcome?: 'answered' | 'abstained' | 'asked_back';
  readonly outcomeAt?: number;
  readonly way?: string;
  readonly language?: string;
  readonly answer?: string;
  readonly citations: readonly CitationData[];
  readonly quotes: readonly string[];
  readonly choices: readonly { readonly id: string; readonly name: string }[];
  readonly count?: number;
  /** What its asker said of the answer. */
  readonly rating?: 'up' | 'down';
  /** The latest of each who said something. */
  readonly ratings: readonly HeldRating[];
  /** Its asker took it back: nothing of it is shown or used. */
  readonly withdrawn?: 'deleted' | 'edited';
}

/** What one person says of an answer. */
interface HeldRating {
  readonly rater: string;
  readonly rating: 'up' | 'down';
  readonly comment?: string;
}

export interface Dialogue {
  readonly asker: string;
  readonly questions: readonly DialogueQuestion[];
  readonly title?: string;
  readonly archived: boolean;
}

const evolve = (
  dialogue: Dialogue | undefined,
  event: RecordedEvent<DialogueEvent>,
): Dialogue | undefined => {
  switch (event.type) {
    case 'answering.question.asked.v1': {
      const begun = dialogue ?? { asker: event.data.asker, questions: [], archived: false };
      return { ...begun, questions: [...begun.questions, askedOf(event)] };
    }
    case 'answering.question.answered.v1':
    case 'answering.question.abstained.v1':
    case 'answering.question.asked_back.v1':
      return changed(dialogue, event.data.question, outcomeOf(event));
    case 'answering.question.rated.v1':
      return dialogue && withRating(dialogue, event.data.question, ratingOf(dialogue, event));
    case 'answering.question.unrated.v1': {
      const { question, rater = dialogue?.asker } = event.data;
      return dialogue && withRating(dialogue, question, { rater });
    }
    case 'answering.question.withdrawn.v1':
      return changed(dialogue, event.data.question, { withdrawn: event.data.reason });
    case 'answering.dialogue.renamed.v1':
      return dialogue && { ...dialogue, ...(event.personal && { title: event.personal.title }) };
    case 'answering.dialogue.archived.v1':
      return dialogue && { ...dialogue, archived: true };
    default:
      return event satisfies never;
  }
};

const ratingOf = (
  { asker }: Dialogue,
  { data: { rater = asker, rating }, personal }: QuestionRated,
): HeldRating => ({
  rater,
  rating,
  ...(personal?.comment !== undefined && { comment: personal.comment }),
});

/** In the place of what the same person said before; without a rating nothing stands there. */
const withRating = (
  dialogue: Dialogue,
  id: Id,
  said: HeldRating | { readonly rater: string | undefined },
): Dialogue => ({
  ...dialogue,
  questions: dialogue.questions.map((one) => {
    if (one.id !== id) return one;
    const { rating: before, ...rest } = one;
    const others = one.ratings.filter(({ rater }) => rater !== said.rater);
    const ratings = 'rating' in said ? [...others, said] : others;
    const own =
      said.rater === dialogue.asker ? ('rating' in said ? said.rating : undefined) : before;
    return { ...rest, ratings, ...(own !== undefined && { rating: own }) };
  }),
});

const askedOf = ({ occurredAt, data, personal }: QuestionAsked): DialogueQuestion => ({
  id: data.question,
  turn: data.turn,
  askedAt: occurredAt,
  about: data.about ?? [],
  citations: [],
  quotes: [],
  choices: [],
  ratings: [],
  ...(personal && { text: personal.text }),
  ...(personal?.as !== undefined && { askedAs: personal.as }),
});

const outcomeOf = (event: QuestionOutcome): Partial<DialogueQuestion> => {
  const { data, personal, occurredAt } = event;
  const said = {
    outcomeAt: occurredAt,
    ...(data.language !== undefined && { language: data.language }),
    ...(personal && { answer: personal.answer }),
  };
  switch (event.type) {
    case 'answering.question.answered.v1':
      return {
        ...said,
        outcome: 'answered',
        way: event.data.way,
        citations: event.data.citations,
        quotes: event.personal?.quotes ?? [],
        ...(event.data.count !== undefined && { count: event.data.count }),
      };
    case 'answering.question.abstained.v1':
      return {
        ...said,
        outcome: 'abstained',
        citations: event.data.citations,
        quotes: event.personal?.quotes ?? [],
      };
    case 'answering.question.asked_back.v1': {
      const names = event.personal?.names ?? [];
      const choices = event.data.choices.map((id, i) => ({ id, name: names[i] ?? id }));
      return { ...said, outcome: 'asked_back', choices };
    }
    default:
      return event satisfies never;
  }
};

const changed = (
  dialogue: Dialogue | undefined,
  id: Id,
  fields: Partial<DialogueQuestion>,
): Dialogue | undefined =>
  dialogue && {
    ...dialogue,
    questions: dialogue.questions.map((one) => (one.id === id ? { ...one, ...fields } : one)),
  };

/** Those that nobody took back. */
export const questionsLeft = ({ questions }: Dialogue): readonly DialogueQuestion[] =>
  questions.filter(({ withdrawn }) => withdrawn === undefined);

/**
 * A dialogue of one person with the platform: one outcome for each question, and ratings only after it. It takes nothing
 * more once it is archived, or once all of its questions were taken back. Doing the same again changes nothing.
 */
export const dialogueDecider: Decider<DialogueCommand, Dialogue | undefined, DialogueEvent> = {
  types: [
    'answering.question.asked.v1',
    'answering.question.answered.v1',
    'answering.question.abstained.v1',
    'answering.question.asked_back.v1',
    'answering.question.rated.v1',
    'answering.question.unrated.v1',
    'answering.question.withdrawn.v1',
    'answering.dialogue.renamed.v1',
    'answering.dialogue.archived.v1',
  ],
  initial: undefined,
  evolve,
  decide(command, dialogue) {
    switch (command.does) {
      case 'ask':
        return asked(command, dialogue);
      case 'settle':
        return settled(command, dialogue);
      case 'rate':
        return rated(command, dialogue);
      case 'unrate':
        return unrated(command, dialogue);
      case 'withdraw':
        return withdrawn(command, dialogue);
      case 'rename':
        return renamed(command, dialogue);
      case 'archive':
        return archived(command, dialogue);
      default:
        return command satisfies never;
    }
  },
};

const asked = (
  { question, asker, text, as, about, begins, at }: AskInDialogue,
  dialogue: Dialogue | undefined,
): readonly DialogueEvent[] => {
  // A dialogue of somebody else does not exist to the asker.
  if (dialogue ? dialogue.asker !== asker : !begins) throw fault('API_NOT_FOUND');
  const known = dialogue?.questions.find(({ id }) => id === question);
  if (known) {
    if (known.text !== undefined && known.text !== text) throw fault('ANSWERING_KEY_REUSED');
    return [];
  }
  // What was said in it is erased when the last question is taken back: so another must not come meanwhile.
  if (dialogue && (dialogue.archived || questionsLeft(dialogue).length === 0))
    throw fault('ANSWERING_DIALOGUE_ARCHIVED');
  const first = dialogue?.questions[0]?.id ?? question;
  const turn = (dialogue?.questions.length ?? 0) + 1;
  return [
    {
      type: 'answering.question.asked.v1',
      occurredAt: at,
      data: { question, asker, first, turn, ...(about && { about: [...about] }) },
      personal: { text, ...(as !== undefined && { as }) },
    },
  ];
};

const questionOf = (dialogue: Dialogue | undefined, id: Id): DialogueQuestion => {
  const found = dialogue?.questions.find((one) => one.id === id);
  if (!found) throw fault('API_NOT_FOUND');
  return found;
};

const settled = (
  { outcome }: SettleQuestion,
  dialogue: Dialogue | undefined,
): readonly DialogueEvent[] => {
  const known = questionOf(dialogue, outcome.data.question);
  return known.outcome === undefined && known.withdrawn === undefined ? [outcome] : [];
};

/** As what is not there, once it was taken back. */
const rateable = (dialogue: Dialogue | undefined, id: Id): DialogueQuestion => {
  const known = questionOf(dialogue, id);
  if (known.withdrawn !== undefined) throw fault('API_NOT_FOUND');
  return known;
};

/** Missing in what is kept where it is the asker. */
const raterIn = (
  dialogue: Dialogue | undefined,
  rater: string | undefined,
): { readonly rater?: string } =>
  rater === undefined || rater === dialogue?.asker ? {} : { rater };

const rated = (
  { question, rater, rating, comment, at }: RateQuestion,
  dialogue: Dialogue | undefined,
): readonly DialogueEvent[] => {
  const known = rateable(dialogue, question);
  if (known.outcome === undefined) throw fault('ANSWERING_QUESTION_OPEN');
  const before = known.ratings.find((one) => one.rater === (rater ?? dialogue?.asker));
  if (before?.rating === rating && (comment === undefined || comment === before.comment)) return [];
  return [
    {
      type: 'answering.question.rated.v1',
      occurredAt: at,
      data: { question, rating, ...raterIn(dialogue, rater) },
      personal: { ...(comment !== undefined && { comment }) },
    },
  ];
};

const unrated = (
  { question, rater, at }: UnrateQuestion,
  dialogue: Dialogue | undefined,
): readonly DialogueEvent[] => {
  const { ratings } = rateable(dialogue, question);
  if (!ratings.some((one) => one.rater === (rater ?? dialogue?.asker))) return [];
  return [
    {
      type: 'answering.question.unrated.v1',
      occurredAt: at,
      data: { question, ...raterIn(dialogue, rater) },
    },
  ];
};

const withdrawn = (
  { question, reason, at }: WithdrawQuestion,
  dialogue: Dialogue | undefined,
): readonly DialogueEvent[] =>
  questionOf(dialogue, question).withdrawn === undefined
    ? [
        {
          type: 'answering.question.withdrawn.v1',
          occurredAt: at,
          data: { question, reason },
        },
      ]
    : [];

const renamed = (
  { title, at }: RenameDialogue,
  dialogue: Dialogue | undefined,
): readonly DialogueEvent[] => {
  const [first] = dialogue?.questions ?? [];
  if (!dialogue || !first) throw fault('API_NOT_FOUND');
  if (dialogue.archived) throw fault('ANSWERING_DIALOGUE_ARCHIVED');
  if (dialogue.title === title) return [];
  return [
    {
      type: 'answering.dialogue.renamed.v1',
      occurredAt: at,
      data: { first: first.id },
      personal: { title },
    },
  ];
};

const archived = (
  { at }: ArchiveDialogue,
  dialogue: Dialogue | undefined,
): readonly DialogueEvent[] => {
  const [first] = dialogue?.questions ?? [];
  if (!dialogue || !first) throw fault('API_NOT_FOUND');
  if (dialogue.archived) return [];
  return [{ type: 'answering.dialogue.archived.v1', occurredAt: at, data: { first: first.id } }];
};
