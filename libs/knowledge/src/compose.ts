import type { KindLimits } from '#libs/catalog';
import { canonicalJson, type Clock, type Hash } from '#libs/kernel';
import type { Documents } from '#libs/ports/documents';
import type { Embedder } from '#libs/ports/embedder';
import type { Reranker } from '#libs/ports/reranker';
import type { PassageVectors, SearchIndex, Vocabulary } from '#libs/ports/search-index';

import { ANALYSER_VERSION } from './analyse/analyser.js';
import { createAnalysers } from './analyse-generation/analysers.js';
import { embedUnits } from './follow-vectors/embed-units.js';
import { followVectors } from './follow-vectors/follow-vectors.js';
import { createFreshUnits } from './follow-vectors/fresh-units.js';
import { createVectorProgresses } from './follow-vectors/vector-progress.js';
import { createEmbedderModel } from './generations/embedder-model.js';
import { createIndexPointer, type IndexPointerParts } from './generations/index-pointer.js';
import { indexRecords } from './index-records/index-records.js';
import { createParkedUnits } from './index-records/parked-units.js';
import { renderUnit } from './index-records/render-unit.js';
import { dropLeft } from './keep-index/drop-left.js';
import { examineIndex } from './keep-index/examine-index.js';
import { keepIndex } from './keep-index/keep-index.js';
import { sweepIndex } from './keep-index/sweep-index.js';
import { RENDERER_VERSION, type CutParts } from './passages/cut-passages.js';
import { createIndexRebuilds } from './rebuild-index/index-rebuilds.js';
import { rebuildIndex } from './rebuild-index/rebuild-index.js';
import { composeSearch, type SearchParts } from './retrieve/compose-search.js';
import { createBusyLive } from './want-records/busy-live.js';
import { indexWanted } from './want-records/index-wanted.js';
import { takeSignals, type OnIndexed } from './want-records/take-signals.js';
import { createWantedRecords } from './want-records/wanted-records.js';

/** What any process can have of knowledge: no index is needed. */
export interface IndexDeskParts extends Pick<IndexPointerParts, 'makeKey'> {
  readonly documents: Documents;
  readonly hash: Hash;
  readonly clock: Clock;
}

export interface KnowledgeParts extends IndexDeskParts, Pick<CutParts, 'digest'> {
  readonly catalog: SearchParts['catalog'];
  readonly index: SearchIndex & Vocabulary & PassageVectors;
  readonly onIndexed: OnIndexed;
  /** Missing: questions are answered by their words. */
  readonly embedder?: Embedder | undefined;
  /** Missing: the best are not ordered once more. */
  readonly reranker?: Reranker | undefined;
  /** Kinds whose text goes to no embedder and no reranker. */
  readonly unembeddedKinds?: ReadonlySet<string>;
  /** Called between two pieces of long work. */
  readonly letOthersWork: () => Promise<unknown>;
  /** Kinds that nobody searches. */
  readonly excludedKinds: ReadonlySet<string>;
  /** Of the company: where a record says no other. */
  readonly timeZone: string;
  /** Of these messages (`kind/id`), those that asked or told us something. Missing: nobody asks us in a chat. */
  readonly askedUs?: SearchParts['askedUs'];
  /** Who may read kinds besides: where it changes, the index is compared with it. */
  readonly kindLimits: KindLimits;
}

/** Of what makes passages from records and terms from passages. */
const versions = `${RENDERER_VERSION}.${ANALYSER_VERSION}`;

/** What is asked for, what waits and what is parked: for who shows it and is no indexer. */
export const composeIndexDesk = (parts: IndexDeskParts) => {
  const pointer = createIndexPointer({ ...parts, versions });
  const parked = createParkedUnits(parts);
  const wanted = createWantedRecords(parts);
  const progresses = createVectorProgresses(parts);
  return {
    pointer,
    parked,
    wanted,
    progresses,
    rebuilds: createIndexRebuilds(parts),
    examineIndex: examineIndex({ ...parts, pointer, parked, wanted, progresses }),
  };
};

/** What a process has that only indexes: no keys, no log and nobody who asks. */
export interface IndexingParts extends IndexDeskParts, Pick<CutParts, 'digest'> {
  readonly catalog: Pick<SearchParts['catalog'], 'reading' | 'units'>;
  readonly index: SearchIndex & PassageVectors;
  /** Called between two pieces of long work. */
  readonly letOthersWork: () => Promise<unknown>;
  /** Kinds that nobody searches. */
  readonly excludedKinds: ReadonlySet<string>;
  /** Of the company: where a record says no other. */
  readonly timeZone: string;
}

/** Only the indexing: for a process that hears about one record at a time. */
export const composeIndexing = (parts: IndexingParts) => {
  const desk = composeIndexDesk(parts);
  const { units, reading } = parts.catalog;
  const indexing = indexRecords({
    ...{ ...parts, ...desk, units, versions },
    render: renderUnit({ ...parts, reading }),
    analyserFor: createAnalysers().passages,
  });
  return { indexRecord: indexing.indexRecord, indexRecords: indexing.indexRecords };
};

/** Every use case of knowledge. Composing does no I/O, starts nothing and reads no clock. */
export const composeKnowledge = (parts: KnowledgeParts) => {
  const desk = composeIndexDesk(parts);
  const analysers = createAnalysers();
  const { units, reading } = parts.catalog;
  const render = renderUnit({ ...parts, reading });
  const { embedder, unembeddedKinds = new Set<string>() } = parts;
  const model = createEmbedderModel({ ...parts, embedder });
  const common = { ...parts, ...desk, units, versions, embedder, unembeddedKinds, model };
  const indexing = indexRecords({ ...common, render, analyserFor: analysers.passages });
  const background = { ...common, live: createBusyLive(parts), fresh: createFreshUnits() };
  const embedding = embedder
    ? embedUnits({ ...common, embedder, render })
    : () => Promise.resolve({ written: 0, refused: 0 });
  const vectors = followVectors({ ...background, embedding });
  const working = { ...background, indexing, vectors };
  const { excludedKinds, kindLimits, timeZone } = parts;
  const setting = canonicalJson([[...excludedKinds].sort(), kindLimits, timeZone]);
  const searching = composeSearch(common);
  return {
    ...desk,
    indexRecord: indexing.indexRecord,
    indexRecords: indexing.indexRecords,
    dropLeft: dropLeft({ ...parts, ...desk }),
    search: searching.search,
    findScope: searching.findScope,
    findLinks: searching.findLinks,
    findCalls: searching.findCalls,
    rateSentences: searching.rateSentences,
    takeSignals: takeSignals(working),
    indexWanted: indexWanted(working),
    followVectors: vectors.follow,
    keepIndex: keepIndex({
      ...working,
      rebuild: rebuildIndex(working),
      sweep: sweepIndex({ ...working, setting }),
    }),
  };
};

export type IndexDesk = ReturnType<typeof composeIndexDesk>;
export type Knowledge = ReturnType<typeof composeKnowledge>;
