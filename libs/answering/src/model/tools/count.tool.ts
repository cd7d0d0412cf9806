import { z } from 'zod';

import type { AnswerQuestion } from '../../answers/answer.js';
import { modelTool, toolText, type ModelTool } from './model-tool.js';

export interface CountToolParts {
  readonly countAnswer: AnswerQuestion;
  readonly isExcluded: (record: string) => boolean;
}

/** So many of the counted records are named beside a number. */
const NAMED = 5;

export const countTool = ({ countAnswer, isExcluded }: CountToolParts): ModelTool =>
  modelTool({
    name: 'count',
    description:
      'Counts arrivals, departures, stays, nights, new bookings, free homes, missed calls, tasks, balances or ratings. ' +
      'Takes one question for one number with its day and its home, in words.',
    args: z.strictObject({ question: toolText }),
    async find({ question: text }, question) {
      const draft = await countAnswer({ ...question, text, turns: [] });
      if (draft?.outcome !== 'answered')
        return { sources: [], says: 'That is nothing that can be counted.' };
      const records = draft.citations.map(({ record }) => record);
      const [record, ...beside] = [...new Set(records)].slice(0, NAMED);
      if (records.some(isExcluded)) return { sources: [] };
      if (record === undefined) return { sources: [], says: 'The number is 0.' };
      const said = draft.answer.replaceAll(/ \[\d+\]$/gmu, '');
      const source = { record, beside, title: text, text: said, language: draft.language };
      return { sources: [source] };
    },
  });
