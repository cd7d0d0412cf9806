import type { Passage, SearchPassages } from '#libs/knowledge';
import { z } from 'zod';

import { withoutOwn } from '../../extract/evidence.js';
import { nameAt, recordAt } from '../../extract/record-at.js';
import type { SourceToShow } from '../model-sources.js';
import { modelTool, toolText, type ModelTool } from './model-tool.js';

export interface SearchToolParts {
  readonly search: SearchPassages;
  /** Of kinds that no model reads. */
  readonly isExcluded: (record: string) => boolean;
}

const FOUND = 5;
/** What holds less of the question than this is about something else. */
const LEAST_COVERAGE = 0.3;

export const passageSource = ({
  records,
  unit,
  path,
  title,
  text,
  turns,
  bylines,
  language,
}: Passage): SourceToShow => ({
  record: records[0] ?? unit,
  ...(turns && { recordAt: (at) => recordAt({ records, turns, unit }, at) }),
  path,
  // Who began a talk is not what it is about: no statement rests on that line either.
  ...(turns && { nameAt: (at) => nameAt({ text, title, turns }, at) }),
  title,
  text,
  ...(bylines && { bylines }),
  language,
});

export const isForModel =
  (isExcluded: SearchToolParts['isExcluded']) =>
  ({ records, unit }: Passage): boolean =>
    ![unit, ...records].some((record) => isExcluded(record) || record.startsWith('question/'));

export const searchPassagesTool = ({ search, isExcluded }: SearchToolParts): ModelTool =>
  modelTool({
    name: 'search_passages',
    description:
      'Searches notes, messages, reviews, calls and homes for other words than the question has.',
    args: z.strictObject({ query: toolText }),
    async find({ query }, { principals, about, timeZone }) {
      const { hits } = await search({
        text: query,
        turns: [],
        principals: withoutOwn(principals),
        timeZone,
        limit: FOUND,
        ...(about.length > 0 && { scope: about }),
      });
      const sources = hits
        .filter(({ coverage }) => coverage >= LEAST_COVERAGE)
        .map(({ passage }) => passage)
        .filter(isForModel(isExcluded))
        .map(passageSource);
      return { sources };
    },
  });
