import type { Catalog, ReadUnits } from '#libs/catalog';
import type { Clock } from '#libs/kernel';
import type { SearchIndex, Vocabulary } from '#libs/ports/search-index';

import type { Analysers } from './analyse-generation/analysers.js';
import { knownWordsOf } from './analyse/known-words.js';
import { languages } from './analyse/languages.js';
import type { IndexPointer } from './generations/index-pointer.js';
import { cutAgain, type CutAgainParts } from './retrieve/cut-again.js';
import { joinHits } from './retrieve/join-hits.js';
import { liveNames } from './retrieve/names/live-names.js';
import type { QuestionAnalysis } from './analyse/analysis.js';
import type { Passage } from './passages/passage.js';
import type { FoundScope, SearchPassages, SearchQuestion } from './retrieve/retrieval.js';
import { bestSentences, type ScoredSentence } from './rank/best-sentences.js';
import { termsToCount } from './rank/word-weights.js';
import { findScope } from './retrieve/names/find-scope.js';
import { searchPassages } from './retrieve/search-passages.js';
import type { SearchedIndex } from './retrieve/searched-index.js';

export interface SearchParts extends CutAgainParts {
  readonly units: Pick<ReadUnits, 'get'>;
  readonly readers: Pick<Catalog['readers'], 'readableBy'>;
  readonly readHomeNames: Catalog['readHomeNames'];
  readonly index: SearchIndex & Vocabulary;
  readonly pointer: Pick<IndexPointer, 'open'>;
  readonly analysers: Pick<Analysers, 'of'>;
  readonly clock: Clock;
}

/** What questions need beside the search itself. */
export interface ComposedSearch {
  readonly search: SearchPassages;
  /** What a question names, without a search. */
  readonly findScope: (
    question: Pick<SearchQuestion, 'principals' | 'text' | 'turns'>,
  ) => Promise<FoundScope>;
  /** All sentences of passages that were found, best first; one list for each passage. */
  readonly rateSentences: (
    question: QuestionAnalysis,
    passages: readonly Pick<Passage, 'language' | 'text' | 'title'>[],
  ) => Promise<readonly (readonly ScoredSentence[])[]>;
}

/** Search over the live generation, joined to the records as they are now. */
export const composeSearch = (parts: SearchParts): ComposedSearch => {
  const { analysers, index, pointer, readers, units } = parts;
  const names = liveNames(parts);
  const searched = async (): Promise<SearchedIndex> => {
    const {
      live: { generation, key },
    } = await pointer.open();
    const vocabulary = knownWordsOf(index, generation);
    return { generation, key, analyser: analysers.of(key), setting: { languages, vocabulary } };
  };
  return {
    search: searchPassages({
      ...parts,
      searched,
      names,
      join: joinHits({
        getRecords: (wanted) => units.get(wanted),
        mayRead: ({ kind, state }, principals) => readers.readableBy(principals)(kind, state),
        cutAgain: cutAgain(parts),
      }),
    }),

    findScope: async (question) => findScope(await names(await searched()), question),

    async rateSentences(question, passages) {
      const { analyser, generation } = await searched();
      const statistics = await index.statistics(generation, termsToCount(question));
      return passages.map((passage) => bestSentences({ question, statistics }, passage, analyser));
    },
  };
};
