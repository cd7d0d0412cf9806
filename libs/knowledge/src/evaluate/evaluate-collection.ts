import type { Clock } from '#libs/kernel';
import type { Embedder } from '#libs/ports/embedder';
import type { Reranker } from '#libs/ports/reranker';
import type { PassageVectors, SearchIndex, Vocabulary } from '#libs/ports/search-index';

import { knownWordsOf } from '../analyse/known-words.js';
import type { FoundFeatures } from '../decide/features.js';
import { judgeFound } from '../decide/judge-found.js';
import type { JoinHits } from '../retrieve/join-hits.js';
import type { AskMeaning } from '../retrieve/meaning/ask-meaning.js';
import { rerankHits } from '../retrieve/meaning/rerank-hits.js';
import { nameBook, type NamedThing } from '../retrieve/names/name-book.js';
import { spreadOfWords } from '../retrieve/names/spread-of-words.js';
import type { Found } from '../retrieve/retrieval.js';
import { searchPassages } from '../retrieve/search-passages.js';
import type { CollectionDocument, CollectionQuery, Judgement } from './collection.js';
import { embedCollection } from './embed-collection.js';
import {
  figuresOf,
  type EvaluationFigures,
  type QueryOutcome,
  type RankedDocument,
} from './figures.js';
import {
  GENERATION,
  indexCollection,
  type IndexCollectionParts,
  type IndexedCollection,
} from './index-collection.js';

export interface EvaluateCollectionParts extends IndexCollectionParts {
  /** An index of its own, thrown away afterwards. */
  readonly index: SearchIndex & Vocabulary & PassageVectors;
  readonly clock: Clock;
  /** Missing: questions are answered by their words. */
  readonly embedder?: Embedder;
  readonly reranker?: Reranker;
}

export interface EvaluationCollection {
  readonly documents: AsyncIterable<CollectionDocument>;
  readonly queries: readonly CollectionQuery[];
  readonly judgements: readonly Judgement[];
  /** What scopes are called. */
  readonly scopes: readonly NamedThing[];
}

/** A hit as it is written to a file: a passage of a document, which may have several. */
export interface EvaluationHit {
  readonly query: string;
  readonly document: string;
  /** Of the passage in the document's text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly score: number;
}

/** All that is known of one query in the end. */
export interface EvaluatedQuery {
  readonly query: CollectionQuery;
  readonly found: Found;
  readonly outcome: QueryOutcome;
  /** What its end was decided by. */
  readonly features: FoundFeatures;
  readonly hits: readonly EvaluationHit[];
}

export interface EvaluationListener {
  readonly progress: (
    step: 'documents' | 'passages' | 'queries',
    done: number,
    of?: number,
  ) => Promise<void>;
  readonly evaluated: (query: EvaluatedQuery) => Promise<void>;
}

export type EvaluateCollection = (
  collection: EvaluationCollection,
  listener: EvaluationListener,
) => Promise<EvaluationFigures>;

/** Enough passages for a hundred documents: some have several. */
const PASSAGES = 300;
/** Everybody of the company asks; a document for others is found by none of them. */
const PRINCIPALS = ['staff'];

/** Asks the queries of a collection as questions are asked in life, and says how well they were answered. */
export const evaluateCollection =
  (parts: EvaluateCollectionParts): EvaluateCollection =>
  async ({ documents, queries, judgements, scopes }, { progress, evaluated }) => {
    const { embedder, index } = parts;
    if (embedder) await index.begin(GENERATION, await embedder.describe());
    const indexed = await indexCollection(parts, documents, (done) => progress('documents', done));
    if (embedder)
      await embedCollection({ embedder, index }, indexed, (done, of) =>
        progress('passages', done, of),
      );
    const ask = await askOver(parts, indexed, scopes);
    const grades = gradesOf(judgements);
    const outcomes: QueryOutcome[] = [];
    for (const query of queries) {
      const { ms, found } = await ask(query);
      const judgement = judgeFound(query.text, found);
      const known = outcomeOf(query, found, indexed, grades.get(query.id) ?? new Map());
      const outcome = { ...known, decision: judgement.decision, ms };
      outcomes.push(outcome);
      await evaluated({
        query,
        found,
        outcome,
        features: judgement.features,
        hits: hitsOf(query, found, indexed),
      });
      await progress('queries', outcomes.length, queries.length);
    }
    return figuresOf(outcomes);
  };

/** Its texts are compared with nothing: they do not change. */
const NO_KEY = new Uint8Array(0);

const askOver = async (
  { index, analyser, clock, embedder, reranker }: EvaluateCollectionParts,
  { passages, languages }: IndexedCollection,
  scopes: readonly NamedThing[],
) => {
  const vocabulary = knownWordsOf(index, GENERATION);
  const searched = {
    generation: GENERATION,
    key: NO_KEY,
    analyser,
    setting: { languages, vocabulary },
  };
  const book = nameBook(scopes, await spreadOfWords({ index }, searched, scopes));
  const search = searchPassages({
    index,
    meaning: embedder ? meaningWithoutHaste(embedder) : () => Promise.resolve(undefined),
    rerank: rerankHits({ reranker, unembeddedKinds: new Set() }, WITHOUT_HASTE_MS),
    searched: () => Promise.resolve(searched),
    names: () => book,
    readableNow: (ids) => new Set(ids),
    join: joinFromMemory(passages),
    clock,
  });
  return async ({ text, turns, scope }: CollectionQuery) => {
    const since = clock.now();
    const found = await search({
      text,
      turns,
      principals: PRINCIPALS,
      ...(scope && { scope }),
      timeZone: 'UTC',
      limit: PASSAGES,
    });
    return { found, ms: clock.now() - since };
  };
};

const WITHOUT_HASTE_MS = 60_000;

/** Nobody waits: a figure must not depend on how busy a machine is. */
const meaningWithoutHaste =
  (embedder: Embedder): AskMeaning =>
  async (text) => {
    const [vector] = await embedder.embed([text], 'question');
    return vector && { vector };
  };

/** The documents do not change while they are asked for: a passage is as it was cut. */
const joinFromMemory =
  (passages: IndexedCollection['passages']): JoinHits =>
  (hits, principals) =>
    Promise.resolve(
      hits.flatMap((hit) => {
        const passage = passages.get(hit.passage.id);
        const isReadable = passage?.audience.some((reader) => principals.includes(reader));
        return passage && isReadable ? [{ hit, passage }] : [];
      }),
    );

const gradesOf = (
  judgements: readonly Judgement[],
): ReadonlyMap<string, ReadonlyMap<string, number>> => {
  const grades = new Map<string, Map<string, number>>();
  for (const { query, document, grade } of judgements) {
    const known = grades.get(query);
    if (known) known.set(document, grade);
    else grades.set(query, new Map([[document, grade]]));
  }
  return grades;
};

const outcomeOf = (
  query: CollectionQuery,
  found: Found,
  { documents }: IndexedCollection,
  grades: ReadonlyMap<string, number>,
): Omit<QueryOutcome, 'ms' | 'decision'> => {
  const relevant = [...grades].flatMap(([document, grade]) => (grade > 0 ? [document] : []));
  return {
    ranked: bestPassages(found).map(({ passage }): RankedDocument => {
      const document = documents.get(passage.unit);
      return { document: document?.id ?? '', scope: document?.scope ?? [] };
    }),
    grades,
    scopes: new Set(relevant.flatMap((id) => documents.get(`note/${id}`)?.scope ?? [])),
    ...(query.expects && { expects: query.expects }),
    scopeState: found.scope.state,
  };
};

/** Of each document the best passage, best first. */
const bestPassages = ({ hits }: Found): Found['hits'] => {
  const seen = new Set<string>();
  return hits.filter(({ passage }) => !seen.has(passage.unit) && seen.add(passage.unit));
};

const hitsOf = (
  query: CollectionQuery,
  found: Found,
  { documents }: IndexedCollection,
): readonly EvaluationHit[] =>
  found.hits.map(({ passage, score }) => ({
    query: query.id,
    document: documents.get(passage.unit)?.id ?? '',
    start: passage.start,
    end: passage.end,
    score,
  }));
