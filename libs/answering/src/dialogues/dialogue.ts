import type {
  CitationData,
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
} from '#libs/contracts';
import type { Decider, RecordedEvent } from '#libs/journal';
import { fault, type Id } from '#libs/kernel';

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
export type DialogueEvent = QuestionAsked | QuestionOutcome | QuestionRated | Titled;
type Titled = DialogueRenamed | DialogueArchived;

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
  readonly rating?: 'up' | 'down';
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
      return changed(dialogue, event.data.question, { rating: event.data.rating });
    case 'answering.dialogue.renamed.v1':
      return dialogue && { ...dialogue, ...(event.personal && { title: event.personal.title }) };
    case 'answering.dialogue.archived.v1':
      return dialogue && { ...dialogue, archived: true };
    default:
      return event satisfies never;
  }
};

const askedOf = ({ occurredAt, data, personal }: QuestionAsked): DialogueQuestion => ({
  id: data.question,
  turn: data.turn,
  askedAt: occurredAt,
  about: data.about ?? [],
  citations: [],
  quotes: [],
  choices: [],
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

export interface AskInDialogue {
  readonly does: 'ask';
  readonly question: Id;
  readonly asker: string;
  readonly text: string;
  readonly as?: string;
  readonly about?: readonly string[];
  /** It begins a dialogue; else the dialogue must be there. */
  readonly begins: boolean;
  readonly at: number;
}

/** Settles a question with its one outcome. */
export interface SettleQuestion {
  readonly does: 'settle';
  readonly outcome: QuestionOutcome;
}

export interface RateQuestion {
  readonly does: 'rate';
  readonly question: Id;
  readonly rating: 'up' | 'down';
  readonly comment?: string;
  readonly at: number;
}

export interface RenameDialogue {
  readonly does: 'rename';
  readonly title: string;
  readonly at: number;
}

export interface ArchiveDialogue {
  readonly does: 'archive';
  readonly at: number;
}

export type DialogueCommand =
  AskInDialogue | SettleQuestion | RateQuestion | RenameDialogue | ArchiveDialogue;

/**
 * A dialogue of one person with the platform: one outcome for each question, a rating only after it, and nothing
 * more once it is archived. Doing the same again changes nothing.
 */
export const dialogueDecider: Decider<DialogueCommand, Dialogue | undefined, DialogueEvent> = {
  types: [
    'answering.question.asked.v1',
    'answering.question.answered.v1',
    'answering.question.abstained.v1',
    'answering.question.asked_back.v1',
    'answering.question.rated.v1',
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
  if (dialogue?.archived) throw fault('ANSWERING_DIALOGUE_ARCHIVED');
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
): readonly DialogueEvent[] =>
  questionOf(dialogue, outcome.data.question).outcome === undefined ? [outcome] : [];

const rated = (
  { question, rating, comment, at }: RateQuestion,
  dialogue: Dialogue | undefined,
): readonly DialogueEvent[] => {
  const known = questionOf(dialogue, question);
  if (known.outcome === undefined) throw fault('ANSWERING_QUESTION_OPEN');
  if (known.rating === rating && comment === undefined) return [];
  return [
    {
      type: 'answering.question.rated.v1',
      occurredAt: at,
      data: { question, rating },
      personal: { ...(comment !== undefined && { comment }) },
    },
  ];
};

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
