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
import type { SearchPassages } from './retrieve/retrieval.js';
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

/** Search over the live generation, joined to the records as they are now. */
export const composeSearch = (parts: SearchParts): SearchPassages => {
  const { analysers, index, pointer, readers, units } = parts;
  return searchPassages({
    ...parts,
    searched: async (): Promise<SearchedIndex> => {
      const {
        live: { generation, key },
      } = await pointer.open();
      const vocabulary = knownWordsOf(index, generation);
      return { generation, key, analyser: analysers.of(key), setting: { languages, vocabulary } };
    },
    names: liveNames(parts),
    join: joinHits({
      getRecords: (names) => units.get(names),
      mayRead: ({ kind, state }, principals) => readers.readableBy(principals)(kind, state),
      cutAgain: cutAgain(parts),
    }),
  });
};
