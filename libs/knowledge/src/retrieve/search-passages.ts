import type { Awaitable, Clock } from '#libs/kernel';
import type { IndexHit, IndexQuery, SearchIndex, TermField } from '#libs/ports/search-index';

import type { QuestionAnalysis, QuestionWord } from '../analyse/analysis.js';
import { collapseDuplicates } from './collapse-duplicates.js';
import type { JoinHits } from './join-hits.js';
import { findScope } from './names/find-scope.js';
import type { NameBook } from './names/name-book.js';
import { termsOf, type RankPassages } from './rank-on-text.js';
import type { Found, FoundScope, SearchPassages, SearchQuestion } from './retrieval.js';
import { stepWatch } from './step-watch.js';
import { wholeQuestion } from './whole-question.js';

export interface SearchPassagesParts {
  readonly index: Pick<SearchIndex, 'find' | 'statistics'>;
  /** The generation of the index that answers now. */
  readonly generation: () => Promise<number>;
  readonly analyse: (text: string, generation: number) => Awaitable<QuestionAnalysis>;
  /** What a question may be about. */
  readonly names: () => Awaitable<NameBook>;
  readonly join: JoinHits;
  readonly rank: RankPassages;
  readonly clock: Clock;
}

/** Of the index: its score only chooses, the text decides. */
const CANDIDATES = 150;
/** Who wants many hits needs more to choose from. */
const CANDIDATES_EACH = 2;

const weights: Readonly<Record<TermField, number>> = { title: 0.6, word: 1, stem: 0.9, part: 0.4 };

/** Finds passages for a question: scope first, then the index, then the join, then the order. */
export const searchPassages =
  (parts: SearchPassagesParts): SearchPassages =>
  async (question) => {
    const watch = stepWatch(parts.clock);
    const generation = await parts.generation();
    const scope = await scopeOf(parts, question);
    watch.passed('scope', scope.ids.length);
    const whole = wholeQuestion(question.text, question.turns);
    const own = await parts.analyse(question.text, generation);
    const analysis = await withEarlier(parts, own, whole.earlier, generation);
    watch.passed('analysis', analysis.words.length);
    const candidates = await candidatesOf(parts, generation, [own, analysis], {
      weights,
      audience: question.principals,
      ...(scope.ids.length > 0 && { scope: scope.ids }),
      limit: Math.max(CANDIDATES, question.limit * CANDIDATES_EACH),
    });
    watch.passed('index', candidates.length);
    const joined = await parts.join(candidates, question.principals);
    watch.passed('join', joined.length);
    const statistics = await parts.index.statistics(generation, termsOf(analysis));
    const ranked = collapseDuplicates(parts.rank({ analysis, statistics, hits: joined }));
    const hits = ranked.slice(0, question.limit);
    watch.passed('rank', hits.length);
    return {
      asked: whole.asked,
      analysis,
      scope,
      hits,
      dropped: candidates.length - joined.length,
      steps: watch.steps(),
    } satisfies Found;
  };

const scopeOf = async (
  { names }: SearchPassagesParts,
  { text, turns, principals, scope }: SearchQuestion,
): Promise<FoundScope> =>
  scope !== undefined && scope.length > 0
    ? { state: 'given', ids: scope, choices: [] }
    : findScope(await names(), { text, turns, principals });

/** The question's own words, then what earlier turns said beside them, by what these still weigh. */
const withEarlier = async (
  { analyse }: SearchPassagesParts,
  own: QuestionAnalysis,
  earlier: readonly { readonly text: string; readonly weight: number }[],
  generation: number,
): Promise<QuestionAnalysis> => {
  const words: QuestionWord[] = [...own.words];
  const known = new Set(own.words.flatMap(keysOf));
  for (const { text, weight } of earlier)
    for (const word of (await analyse(text, generation)).words) {
      const keys = keysOf(word);
      if (keys.some((key) => known.has(key))) continue;
      for (const key of keys) known.add(key);
      words.push({ ...word, weight });
    }
  return { ...own, words };
};

/** What makes two words the same word: their own forms, not what they only may stand for. */
const keysOf = ({ forms }: QuestionWord): readonly string[] =>
  forms.filter(({ weight }) => weight >= 1).map(({ field, term }) => `${field} ${term}`);

/** By the question alone, and by the talk around it: words of earlier turns must not crowd out its own. */
const candidatesOf = async (
  { index }: SearchPassagesParts,
  generation: number,
  analyses: readonly QuestionAnalysis[],
  query: Omit<IndexQuery, 'terms'>,
): Promise<readonly IndexHit[]> => {
  const ways = new Map(analyses.map((analysis) => [analysis.words.length, termsOf(analysis)]));
  const found = await Promise.all(
    [...ways.values()]
      .filter((terms) => terms.length > 0)
      .map((terms) => index.find(generation, { ...query, terms })),
  );
  return [...new Map(found.flat().map((hit) => [hit.passage.id, hit])).values()];
};
