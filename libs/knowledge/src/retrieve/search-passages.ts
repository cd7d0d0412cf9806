import type { Awaitable, Clock } from '#libs/kernel';
import type {
  IndexHit,
  IndexQuery,
  IndexStatistics,
  PassageVectors,
  SearchIndex,
  TermField,
  TermHash,
} from '#libs/ports/search-index';

import type { QuestionAnalysis, QuestionWord } from '../analyse/analysis.js';
import { isAskingWord } from '../analyse/asking-words.js';
import { isStopWordOfAny } from '../analyse/stop-words.js';
import { evidenceIn, type TextEvidence } from '../rank/evidence.js';
import { rescore } from '../rank/rescore.js';
import { allWordsOf, termsToCount } from '../rank/word-weights.js';
import { bestFirst } from './best-first.js';
import { collapseDuplicates } from './collapse-duplicates.js';
import { feedbackWords } from './feedback-words.js';
import type { JoinedHit, JoinHits } from './join-hits.js';
import type { AskMeaning } from './meaning/ask-meaning.js';
import { byMeaning, withNearest } from './meaning/near-passages.js';
import type { RerankHits } from './meaning/rerank-hits.js';
import { nothingNamed } from './names/find-scope.js';
import { spansOf } from './names/mentions-in.js';
import type { NameBook } from './names/name-book.js';
import type { Found, RankedHit, SearchPassages, SearchQuestion, TimeSpan } from './retrieval.js';
import { newerFirst } from './newer-first.js';
import {
  earlierWords,
  NAMING,
  withAsking,
  withoutMeasures,
  withoutNames,
  type AnalyseText,
} from './question-words.js';
import { ownFirst, questionScope, type QuestionScope, type ScopeOfParts } from './scope-of.js';
import type { SearchedIndex } from './searched-index.js';
import { stepWatch } from './step-watch.js';
import { timeIn } from './time/time-in.js';
import { aboutNamed, unplacedQuery, type NamedHomes } from './unplaced.js';
import { askingSpans, wholeQuestion } from './whole-question.js';

export interface SearchPassagesParts extends ScopeOfParts {
  readonly index: Pick<
    SearchIndex & PassageVectors,
    'find' | 'nearest' | 'nearness' | 'statistics'
  >;
  readonly meaning: AskMeaning;
  /** Orders the best once more; left out where it is slow. */
  readonly rerank: RerankHits;
  /** The generation that answers now. A question asks once. */
  readonly searched: () => Promise<SearchedIndex | undefined>;
  /** What a question may be about. */
  readonly names: (searched: SearchedIndex) => Awaitable<NameBook>;
  readonly join: JoinHits;
  readonly clock: Clock;
}

/** Of the index: its score only chooses, the text decides. */
const CANDIDATES = 150;
/** Who wants many hits needs more to choose from. */
const CANDIDATES_EACH = 2;

/** How the index chooses candidates. */
const weights: Readonly<Record<TermField, number>> = { title: 0.6, word: 1, stem: 0.9, part: 0.4 };

/** Once the home is known, earlier turns mostly repeat what was answered already: their words count so much less. */
const HOME_KNOWN = 0.3;

/** Finds passages for a question: scope first, then the index, then the join, then the order. */
export const searchPassages =
  (parts: SearchPassagesParts): SearchPassages =>
  async (question) => {
    const watch = stepWatch(parts.clock);
    const searched = await parts.searched();
    if (!searched) return nothingIndexed(question);
    const whole = wholeQuestion(question.text, question.turns);
    const asking = parts.meaning(whole.asked, searched.meaning);
    const book = await parts.names(searched);
    const scope = await questionScope(parts, { searched, book }, question);
    watch.passed('scope', scope.ids.length);
    const time = timeIn(question.text, parts.clock.now(), question.timeZone);
    const analyse: AnalyseText = async (text) =>
      withoutNames(
        await searched.analyser.question(text, searched.setting),
        text === question.text ? scope.spans : spansOf(book, text, scope.ids),
      );
    const asked = withAsking(await analyse(question.text), askingSpans(question.text));
    const own = withoutMeasures(asked, question.text);
    const fading = scope.ids.length > 0 ? HOME_KNOWN : 1;
    const before = whole.earlier.map(({ text, weight }) => ({ text, weight: weight * fading }));
    const earlier = await earlierWords(analyse, own, before);
    // What is quoted answers the question; what was said before has its answer already.
    const quoting = namesAThing(own) ? own.words : [...own.words, ...earlier];
    const analysis = { ...own, words: quoting };
    watch.passed('analysis', analysis.words.length);
    const look = lookIn(parts, searched, question);
    const about = aboutIn(scope, time, book);
    const meaning = await asking;
    if (meaning) watch.passed('meaning', meaning.vector ? 1 : 0);
    const vector = meaning?.vector;
    const first = await look(own, about, { beside: earlier, ...(vector && { vector }) });
    watch.passed('index', first.candidates);
    watch.passed('join', first.joined.length);
    const second = await withFeedback(parts, searched, { own, first, about, look });
    const fused = await byMeaning(parts.index, searched.generation, second, {
      ...about,
      ...(vector && { vector }),
    });
    const now = parts.clock.now();
    const ordered = newerFirst(ownFirst(fused, scope), { now, text: question.text });
    const ranked = collapseDuplicates(await parts.rerank(whole.asked, ordered));
    const judged = await evidenceOf(parts, searched, own, ranked);
    const hits = ranked.slice(0, question.limit).map((hit, i) => ({
      ...{ ...hit, about: aboutOf(hit, book) },
      ...(judged[i] && { evidence: judged[i] }),
    }));
    watch.passed('rank', hits.length);
    return {
      asked: whole.asked,
      analysis,
      scope: scope.shown,
      ...(time && { time }),
      hits,
      ...(meaning && { meaning: { ...(meaning.code && { code: meaning.code }) } }),
      dropped: first.candidates - first.joined.length,
      steps: watch.steps(),
    } satisfies Found;
  };

/** Without names, what a passage is about is all that there is to tell things apart by. */
const aboutOf = ({ passage: { scope } }: RankedHit, book: NameBook): readonly string[] =>
  book.size > 0 ? scope.filter((id) => book.has(id)) : scope;

const nothingIndexed = ({ text }: SearchQuestion): Found => ({
  asked: text,
  analysis: { languages: [], faint: [], words: [] },
  scope: nothingNamed,
  hits: [],
  dropped: 0,
  steps: [],
});

interface LookAbout extends Pick<IndexQuery, 'from' | 'scope' | 'to'> {
  /** Homes whose own texts are looked at beside. */
  readonly homes?: readonly string[];
  /** Homes by whose names others are found. */
  readonly named?: NamedHomes;
}

const aboutIn = (
  { homes, ids, isByDays, named }: QuestionScope,
  time: TimeSpan | undefined,
  book: NameBook,
): LookAbout => ({
  ...(ids.length > 0 && { scope: ids }),
  ...(homes.length > 0 && { homes }),
  ...(named.length > 0 && { named: { ids: named, book } }),
  ...(time && !isByDays && { from: time.from, to: time.to }),
});

/** What a company writes about a home, not what guests say there. */
const ABOUT_HOMES = ['listing', 'note'];

interface LookResult {
  /** Before the join. */
  readonly candidates: number;
  readonly joined: readonly JoinedHit[];
  /** Best first, by the last of the analyses. */
  readonly hits: readonly RankedHit[];
}

interface LookOptions {
  /** What was said before: it adds to what the question's own words find, and covers nothing of it. */
  readonly beside?: readonly QuestionWord[];
  readonly limit?: number;
  /** What the question means: what is near it is looked at beside what its words find. */
  readonly vector?: Float32Array;
}

/** Candidates of the index, joined, and ranked by their text. */
type Look = (
  question: QuestionAnalysis,
  about: LookAbout,
  options?: LookOptions,
) => Promise<LookResult>;

const lookIn =
  (
    parts: SearchPassagesParts,
    searched: SearchedIndex,
    { limit: wanted, principals }: SearchQuestion,
  ): Look =>
  async (
    question,
    { homes, named, ...about },
    { beside = [], limit = Math.max(CANDIDATES, wanted * CANDIDATES_EACH), vector } = {},
  ) => {
    const query = { ...about, weights, audience: principals, limit };
    const ways = [question, { ...question, words: [...question.words, ...beside] }];
    const queries = [
      query,
      ...(homes ? [{ ...query, scope: homes, kinds: ABOUT_HOMES }] : []),
      ...(named ? [unplacedQuery(query)] : []),
    ];
    const candidates = await withNearest(
      parts.index,
      searched.generation,
      candidatesOf(parts, searched, ways, queries),
      vector ? queries.map((one) => ({ ...one, vector })) : [],
    );
    const found = await parts.join(candidates, principals, searched);
    const joined = named ? aboutNamed(found, about.scope ?? [], named, principals) : found;
    const ranked = (words: readonly QuestionWord[]): Promise<readonly RankedHit[]> =>
      rankedOf(parts, searched, { ...question, words }, joined);
    const hits = await ranked(question.words);
    const most = about.scope && namesAThing(question) ? ASIDE : Number.POSITIVE_INFINITY;
    return {
      // What is about another home was not dropped: it was never looked for.
      candidates: candidates.length - (found.length - joined.length),
      joined,
      hits:
        beside.length > 0
          ? added(hits, upTo(await ranked(beside), most * (hits[0]?.score ?? 0)), 'earlier')
          : hits,
    };
  };

/** Where the home is known and the question names a thing, all that was said before counts at most so much of it. */
const ASIDE = 0.1;

const namesAThing = ({ languages, words }: QuestionAnalysis): boolean =>
  words.some(
    ({ weight = 1, written }) =>
      weight > NAMING && !isAskingWord(written, languages) && !isStopWordOfAny(written),
  );

/** The same order, with the best score no more than this. */
const upTo = (hits: readonly RankedHit[], most: number): readonly RankedHit[] => {
  const best = hits[0]?.score ?? 0;
  const share = best > most ? most / best : 1;
  return hits.map((hit) => ({ ...hit, score: hit.score * share }));
};

interface FeedbackLook {
  readonly own: QuestionAnalysis;
  readonly first: LookResult;
  readonly about: LookAbout;
  readonly look: Look;
}

/**
 * Where little was found about one home, others show in which words the thing is spoken of: it is looked for again with
 * these. They add to what the question's own words found, and never count as something that was asked.
 */
const withFeedback = async (
  parts: SearchPassagesParts,
  searched: SearchedIndex,
  { own, first, about, look }: FeedbackLook,
): Promise<readonly RankedHit[]> => {
  const { hits } = first;
  if (!about.scope || (hits[0]?.coverage ?? 0) >= ENOUGH) return hits;
  const others = (await look(own, {}, { limit: FEEDBACK })).hits;
  const known = new Set(own.words.flatMap(({ forms }) => forms.map(({ term }) => term)));
  const words = await feedbackWords(others, known, {
    analyser: searched.analyser,
    rarityOf: (stems) => rarityOf(parts, searched, stems),
  });
  if (words.length === 0) return hits;
  const again = await look({ ...own, words }, about);
  return added(hits, again.hits, 'feedback');
};

/** The best passage holds at least this share of what is asked: nothing more is looked for. */
const ENOUGH = 0.8;
const FEEDBACK = 40;

const rarityOf = async (
  { index }: SearchPassagesParts,
  { generation }: SearchedIndex,
  stems: readonly TermHash[],
): Promise<readonly number[]> => {
  const terms = stems.map((term) => ({ field: 'stem' as const, term }));
  const { frequencies, passages } = await index.statistics(generation, terms);
  return frequencies.map((count) =>
    Math.log(1 + (Math.max(passages, count) - count + 0.5) / (count + 0.5)),
  );
};

/** What other words found counts beside the question's own; what only they found covers nothing of it. */
const added = (
  hits: readonly RankedHit[],
  byOthers: readonly RankedHit[],
  name: 'earlier' | 'feedback',
): readonly RankedHit[] => {
  const all = new Map(hits.map((hit) => [hit.passage.id, hit]));
  for (const { because, passage, score } of byOthers) {
    const own = all.get(passage.id);
    all.set(passage.id, {
      passage,
      score: (own?.score ?? 0) + score,
      coverage: own?.coverage ?? 0,
      because: { index: because['index'] ?? 0, ...own?.because, [name]: score },
    });
  }
  return [...all.values()].sort(bestFirst);
};

/** So many of the best tell whether there is an answer. */
const JUDGED = 10;

const evidenceOf = async (
  parts: SearchPassagesParts,
  searched: SearchedIndex,
  question: QuestionAnalysis,
  ranked: readonly RankedHit[],
): Promise<readonly TextEvidence[]> =>
  evidenceIn(
    { question, statistics: await statisticsOf(parts, searched, question) },
    ranked.slice(0, JUDGED).map(({ passage }) => passage),
    searched.analyser,
  );

/** By the question alone, and by the talk around it: words of earlier turns must not crowd out its own. */
const candidatesOf = async (
  { index }: SearchPassagesParts,
  { generation }: SearchedIndex,
  analyses: readonly QuestionAnalysis[],
  queries: readonly Omit<IndexQuery, 'terms'>[],
): Promise<readonly IndexHit[]> => {
  const ways = new Map(analyses.map((analysis) => [analysis.words.length, analysis]));
  const asked = [...ways.values()]
    .flatMap((analysis) =>
      queries.map((query) => ({ ...query, terms: termsOf(analysis, query.scope !== undefined) })),
    )
    .filter(({ terms }) => terms.length > 0);
  const found = await Promise.all(asked.map((query) => index.find(generation, query)));
  return [...new Map(found.flat().map((hit) => [hit.passage.id, hit])).values()];
};

/** All that a question may be found by, each once. Within a scope stop words find what nothing else does. */
const termsOf = (question: QuestionAnalysis, scoped: boolean): IndexQuery['terms'] => {
  const terms = new Map<string, IndexQuery['terms'][number]>();
  for (const { forms } of scoped ? allWordsOf(question) : question.words)
    for (const { field, term } of forms) terms.set(`${field} ${term}`, { field, term });
  return [...terms.values()];
};

const statisticsOf = (
  { index }: Pick<SearchPassagesParts, 'index'>,
  { generation }: Pick<SearchedIndex, 'generation'>,
  question: QuestionAnalysis,
): Promise<IndexStatistics> => index.statistics(generation, termsToCount(question));

const rankedOf = async (
  { index }: SearchPassagesParts,
  { analyser, generation }: SearchedIndex,
  question: QuestionAnalysis,
  joined: readonly JoinedHit[],
): Promise<readonly RankedHit[]> => {
  const statistics = await statisticsOf({ index }, { generation }, question);
  const candidates = joined.map(({ hit, passage }) => ({
    ...{ title: passage.title, text: passage.text, language: passage.language },
    ...{ indexScore: hit.score, unit: hit.unit, passage },
  }));
  return rescore({ question, statistics }, candidates, analyser).map(
    ({ because, candidate: { indexScore, passage }, coverage, score }) => ({
      ...{ passage, score, coverage },
      because: { index: indexScore, ...because },
    }),
  );
};
