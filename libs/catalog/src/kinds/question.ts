import {
  dialogueArchivedV1,
  dialogueRenamedV1,
  questionAbstainedV1,
  questionAnsweredV1,
  questionAskedBackV1,
  questionAskedV1,
  questionRatedV1,
  questionUnratedV1,
  questionWithdrawnV1,
  type CitationData,
  type QuestionAskedV1,
  type QuestionAskedV1Personal,
} from '#libs/contracts';

import { defineKind } from './define-kind.js';
import { isoOf } from './show.js';
import type { OpenFact } from './statement.js';
import { flag, id, instant, number, one, text, texts } from './values.js';

const DIALOGUE = 'dialogue/';

/** What became of a question counts over the question itself, also where both happened in one millisecond. */
const RANK = { asked: 10, outcome: 20, rated: 30, withdrawn: 40 } as const;

const outcomeOf = (
  outcome: 'answered' | 'abstained' | 'asked_back',
  said: { readonly question: string; readonly language?: string | undefined },
) => ({ id: said.question, language: said.language, outcome });

/** One fact is one layer of a record, so a first question says both at once. */
const askedIn = ({ fact, data, personal }: OpenFact<QuestionAskedV1, QuestionAskedV1Personal>) => {
  const isFirst = data.first === data.question;
  const own = {
    rank: RANK.asked,
    fields: {
      about: data.about,
      askedAs: personal.as,
      askedAt: fact.occurredAt,
      asker: data.asker,
      dialogue: fact.stream.slice(DIALOGUE.length),
      id: data.question,
      text: personal.text,
      turn: data.turn,
      ...(isFirst && { lastAskedAt: fact.occurredAt }),
    },
  };
  const ofFirst = { id: data.first, lastAskedAt: fact.occurredAt };
  return isFirst ? own : [own, { rank: RANK.asked, fields: ofFirst }];
};

/** What is left to see: where it stood. What it cited is still kept, for the erasure of one of those. */
const ofWithdrawn = ({
  archived,
  dialogue,
  title,
  turn,
  withdrawn,
}: {
  readonly archived?: boolean;
  readonly dialogue?: string;
  readonly title?: string;
  readonly turn?: number;
  readonly withdrawn?: string;
}) => ({ archived, dialogue, title, turn, withdrawn });

/**
 * A question somebody asked, and what became of it. Only its asker reads it. The words of the answer are not here: the
 * context `answering` reads them from the log and shows them only while their sources may be read.
 */
export const questionKind = defineKind({
  name: 'question',
  values: {
    about: texts,
    archived: flag,
    askedAt: instant,
    askedAs: text,
    asker: text,
    choices: texts,
    citations: one<readonly CitationData[]>(),
    count: number,
    deletedAt: instant,
    dialogue: id,
    language: text,
    /** Of the first question of a dialogue: when the last was asked. */
    lastAskedAt: instant,
    outcome: text,
    rating: text,
    text,
    title: text,
    turn: number,
    way: text,
    /** Why its asker took it back. */
    withdrawn: text,
  },
  from: (when) => [
    when(questionAskedV1, askedIn),
    when(questionAnsweredV1, ({ data }) => ({
      rank: RANK.outcome,
      fields: {
        ...outcomeOf('answered', data),
        citations: data.citations,
        count: data.count,
        way: data.way,
      },
    })),
    when(questionAbstainedV1, ({ data }) => ({
      rank: RANK.outcome,
      fields: {
        ...outcomeOf('abstained', data),
        citations: data.citations,
      },
    })),
    when(questionAskedBackV1, ({ data }) => ({
      rank: RANK.outcome,
      fields: {
        ...outcomeOf('asked_back', data),
        choices: data.choices,
      },
    })),
    when(questionRatedV1, ({ data }) => ({
      rank: RANK.rated,
      // What others say of it is not what its asker said.
      fields: { id: data.question, ...(data.rater === undefined && { rating: data.rating }) },
    })),
    when(questionUnratedV1, ({ data }) => ({
      rank: RANK.rated,
      fields: { id: data.question, ...(data.rater === undefined && { rating: '' }) },
    })),
    when(questionWithdrawnV1, ({ fact, data }) => ({
      rank: RANK.withdrawn,
      fields: {
        id: data.question,
        text: '',
        withdrawn: data.reason,
        // The first stands for its whole dialogue in lists, and others may be left in that.
        ...(fact.stream !== `${DIALOGUE}${data.question}` && { deletedAt: fact.occurredAt }),
      },
    })),
    when(dialogueRenamedV1, ({ data, personal }) => ({
      rank: RANK.outcome,
      fields: { id: data.first, title: personal.title },
    })),
    when(dialogueArchivedV1, ({ data }) => ({
      rank: RANK.outcome,
      fields: { archived: true, id: data.first },
    })),
  ],
  fields: ['asker', 'dialogue', 'turn'],
  nameOf: ({ text: asked, title, withdrawn }) =>
    title ?? (withdrawn === undefined ? asked : undefined),
  view: ({ askedAt, asker: _asker, lastAskedAt, ...values }) => ({
    ...(values.withdrawn === undefined ? values : ofWithdrawn(values)),
    askedAt: isoOf(askedAt),
    lastAskedAt: isoOf(lastAskedAt),
  }),
  sections: ({ askedAt, text: asked, title, withdrawn }) =>
    asked === undefined || withdrawn !== undefined
      ? []
      : [
          {
            path: 'text',
            text: asked,
            ...(title !== undefined && { heading: title }),
            ...(askedAt !== undefined && { from: askedAt, to: askedAt }),
          },
        ],
  // Its answer quotes what it cites, and what it offered to choose from is named there.
  cites: ({ about = [], choices = [], citations = [] }) => [
    ...citations.map(({ record }) => record),
    ...choices,
    ...about,
  ],
  stream: ({ dialogue }) => dialogue && `${DIALOGUE}${dialogue}`,
  audience: ({ asker }) => (asker === undefined ? [] : [asker]),
});
