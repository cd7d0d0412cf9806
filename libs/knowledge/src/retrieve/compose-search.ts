import type { Catalog, RecordInUnit } from '#libs/catalog';
import { toHex, type Clock, type Hash } from '#libs/kernel';
import type { Embedder } from '#libs/ports/embedder';
import type { Reranker } from '#libs/ports/reranker';
import type { PassageVectors, SearchIndex, Vocabulary } from '#libs/ports/search-index';

import { createAnalyser, type Analyser } from '../analyse/analyser.js';
import type { QuestionAnalysis } from '../analyse/analysis.js';
import { knownWordsOf } from '../analyse/known-words.js';
import type { EmbedderModel } from '../generations/embedder-model.js';
import type { IndexPointer } from '../generations/index-pointer.js';
import { passageHashes } from '../index-records/passage-hashes.js';
import type { CutParts } from '../passages/cut-passages.js';
import { passageAgain } from '../passages/render-unit.js';
import { bestSentences, type RatedText, type ScoredSentence } from '../rank/best-sentences.js';
import { termsToCount } from '../rank/word-weights.js';
import { joinHits, type CutAgain, type JoinHitsParts } from './join-hits.js';
import { leaveOutAsked, type AskedUs } from './leave-out-asked.js';
import { askMeaning } from './meaning/ask-meaning.js';
import { rerankHits } from './meaning/rerank-hits.js';
import { liveNames } from './names/live-names.js';
import { nothingNamed, type ScopeQuestion } from './names/find-scope.js';
import type { FoundScope, SearchPassages } from './retrieval.js';
import { searchPassages } from './search-passages.js';
import { homeScope } from './scope-of.js';
import { findCalls, type CallsQuestion, type FoundCalls } from './links/find-calls.js';
import { findLinks } from './links/find-links.js';
import { noLinks, type QuestionLinks, type LinkQuestion } from './links/link-question.js';

import type { SearchedIndex } from './searched-index.js';

export interface SearchParts extends Pick<CutParts, 'digest'> {
  readonly index: SearchIndex & Vocabulary & PassageVectors;
  readonly pointer: Pick<IndexPointer, 'read'>;
  readonly catalog: Pick<
    Catalog,
    'phoneScopesOf' | 'readHomeNames' | 'readers' | 'reading' | 'recordsFor' | 'units'
  >;
  readonly hash: Hash;
  readonly clock: Clock;
  readonly embedder: Embedder | undefined;
  readonly model: EmbedderModel;
  readonly reranker?: Reranker | undefined;
  /** Kinds whose text goes to no embedder and no reranker. */
  readonly unembeddedKinds: ReadonlySet<string>;
  /** Kinds that nobody searches. */
  readonly excludedKinds: ReadonlySet<string>;
  /** Of the company: where a record says no other. */
  readonly timeZone: string;
  /** Missing: nobody asks us in a chat. */
  readonly askedUs?: AskedUs | undefined;
}

export interface LiveSearch {
  readonly search: SearchPassages;
  /** Whom and which stay a question is about. */
  readonly findLinks: (question: LinkQuestion) => Promise<QuestionLinks>;
  /** Calls with somebody. */
  readonly findCalls: (question: CallsQuestion) => Promise<FoundCalls>;
  /** Only which home a question is about. */
  readonly findScope: (question: ScopeQuestion) => Promise<FoundScope>;
  /** All sentences of passages that were found, best first; one list for each passage. */
  readonly rateSentences: (
    question: QuestionAnalysis,
    passages: readonly RatedText[],
  ) => Promise<readonly (readonly ScoredSentence[])[]>;
}

/** Search over the live index and the records as they are now. Composing does no I/O and reads no clock. */
export const composeSearch = (parts: SearchParts): LiveSearch => {
  const { catalog, clock, index } = parts;
  const mayRead: JoinHitsParts['mayRead'] = ({ kind, state }, principals) =>
    catalog.readers.readableBy(principals)(kind, state);
  const searched = searchedIndex(parts);
  const names = liveNames({ readHomeNames: catalog.readHomeNames, index, clock });
  const readableNow = async (ids: readonly string[], principals: readonly string[]) => {
    const records = await catalog.units.get(ids);
    return new Set(ids.filter((_, i) => records[i] && mayRead(records[i], principals)));
  };
  const { phoneScopesOf, recordsFor } = catalog;
  const links = findLinks({ index, clock, readableNow, phoneScopesOf, recordsFor });
  const calls = findCalls({ index, clock });
  const join = joinHits({
    getRecords: (names) => catalog.units.get(names),
    mayRead,
    cutAgain: cutAgain(parts),
    hashesOf: (passages, key) => passageHashes(parts.hash, key, passages),
  });
  const search = searchPassages({
    index,
    links,
    clock,
    meaning: askMeaning(parts),
    rerank: rerankHits(parts),
    searched,
    names,
    readableNow,
    join: leaveOutAsked(join, parts.askedUs),
  });
  return {
    search,
    async findScope(question) {
      const live = await searched();
      return live ? homeScope({ readableNow }, await names(live), question) : nothingNamed;
    },
    async findLinks(question) {
      const live = await searched();
      return live ? links(question, { searched: live, book: await names(live) }) : noLinks;
    },
    async findCalls(question) {
      const live = await searched();
      return live ? calls(question, live) : { calls: [], more: false };
    },
    async rateSentences(question, passages) {
      const live = await searched();
      if (!live) return passages.map(() => []);
      const { analyser, generation } = live;
      const statistics = await index.statistics(generation, termsToCount(question));
      return passages.map((passage) => bestSentences({ question, statistics }, passage, analyser));
    },
  };
};

/** The live generation, with the analyser of its key: made once for each. */
const searchedIndex = ({ index, pointer }: SearchParts) => {
  let known: { readonly name: string; readonly analyser: Analyser } | undefined;
  return async (): Promise<SearchedIndex | undefined> => {
    const live = (await pointer.read())?.live;
    if (!live) return undefined;
    const { generation, key, meaning } = live;
    const name = toHex(key);
    if (known?.name !== name) known = { name, analyser: createAnalyser({ key }) };
    const vocabulary = knownWordsOf(index, generation);
    // Guests write in any of the languages: a short question is read in all of them.
    const setting = { languages: [], vocabulary };
    return { generation, key, analyser: known.analyser, setting, ...(meaning && { meaning }) };
  };
};

const cutAgain =
  ({ catalog, digest, excludedKinds, timeZone }: SearchParts): CutAgain =>
  ({ kind, passage: { language, path, records }, unit }, read) =>
    passageAgain({ unit, kind: kind as RecordInUnit['kind'], path, records }, read, {
      ...{ excludedKinds, digest },
      // Found out once, when it was indexed: the same text has the same language, and any other text is no hit.
      detectLanguage: () => language,
      reading: catalog.reading,
      setting: { timeZone },
    });
