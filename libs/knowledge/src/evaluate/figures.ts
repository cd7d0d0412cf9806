import { expectedEnds, type ExpectedEnd } from './collection.js';

/** One ranked document of a query, by its best passage. */
export interface RankedDocument {
  readonly document: string;
  readonly scope: readonly string[];
}

/** What became of one query. */
export interface QueryOutcome {
  /** Best first, each document once. */
  readonly ranked: readonly RankedDocument[];
  /** Of the documents that were judged, those above 0 are relevant. */
  readonly grades: ReadonlyMap<string, number>;
  /** Scopes of its relevant documents. */
  readonly scopes: ReadonlySet<string>;
  readonly expects?: ExpectedEnd;
  readonly decision: ExpectedEnd;
  readonly scopeState: 'given' | 'found' | 'ambiguous' | 'none';
  readonly ms: number;
}

export interface ExpectsShares {
  readonly answered: number;
  readonly abstained: number;
  readonly asked: number;
}

/** Shares from 0 to 1. */
export interface EvaluationFigures {
  readonly 'ndcg@10': number;
  readonly 'recall@5': number;
  readonly 'recall@10': number;
  readonly 'recall@100': number;
  readonly 'mrr@10': number;
  readonly 'r@1': number;
  /** Of all hits in the top ten of queries whose relevant documents have scopes. */
  readonly 'outside@10': number;
  readonly msPerQuery: number;
  readonly expects: Readonly<Partial<Record<ExpectedEnd, ExpectsShares>>>;
  /** Of the queries without a given scope whose relevant documents have one. */
  readonly scope: {
    /** One scope was found. */
    readonly decided: number;
    readonly ambiguous: number;
    /** As `outside@10`, where a scope was given or found. */
    readonly 'outside@10': number;
  };
  /** Queries with a relevant document: the means are over these. */
  readonly queries: number;
}

const TOP = 10;

/** The usual figures, as trec_eval has them: the gain of a document is its grade. */
export const figuresOf = (outcomes: readonly QueryOutcome[]): EvaluationFigures => {
  const judged = outcomes.filter(({ grades }) => relevantIn(grades) > 0);
  const over = (figure: (outcome: QueryOutcome) => number): number => mean(judged.map(figure));
  return {
    'ndcg@10': over(ndcg),
    'recall@5': over((outcome) => recall(outcome, 5)),
    'recall@10': over((outcome) => recall(outcome, TOP)),
    'recall@100': over((outcome) => recall(outcome, 100)),
    'mrr@10': over(reciprocalRank),
    'r@1': over((outcome) => (gainOf(outcome, outcome.ranked[0]) > 0 ? 1 : 0)),
    'outside@10': outsideOf(judged),
    msPerQuery: mean(outcomes.map(({ ms }) => ms)),
    expects: expectsOf(outcomes),
    scope: scopeFiguresOf(judged),
    queries: judged.length,
  };
};

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

const relevantIn = (grades: ReadonlyMap<string, number>): number =>
  [...grades.values()].filter((grade) => grade > 0).length;

const gainOf = ({ grades }: QueryOutcome, ranked: RankedDocument | undefined): number =>
  Math.max(0, ranked ? (grades.get(ranked.document) ?? 0) : 0);

const discounted = (gains: readonly number[]): number =>
  gains.slice(0, TOP).reduce((sum, gain, i) => sum + gain / Math.log2(i + 2), 0);

const ndcg = (outcome: QueryOutcome): number => {
  const ideal = discounted([...outcome.grades.values()].map((g) => Math.max(0, g)).sort(downwards));
  return discounted(outcome.ranked.map((one) => gainOf(outcome, one))) / ideal;
};

const downwards = (a: number, b: number): number => b - a;

const recall = (outcome: QueryOutcome, at: number): number =>
  outcome.ranked.slice(0, at).filter((one) => gainOf(outcome, one) > 0).length /
  relevantIn(outcome.grades);

const reciprocalRank = (outcome: QueryOutcome): number => {
  const at = outcome.ranked.slice(0, TOP).findIndex((one) => gainOf(outcome, one) > 0);
  return at < 0 ? 0 : 1 / (at + 1);
};

/** A document without a scope is about everything, so it is never outside. */
const outsideOf = (outcomes: readonly QueryOutcome[]): number => {
  const hits = outcomes
    .filter(({ scopes }) => scopes.size > 0)
    .flatMap(({ ranked, scopes }) => ranked.slice(0, TOP).map(({ scope }) => ({ scope, scopes })));
  return mean(
    hits.map(({ scope, scopes }) =>
      scope.length > 0 && !scope.some((one) => scopes.has(one)) ? 1 : 0,
    ),
  );
};

const scopeFiguresOf = (judged: readonly QueryOutcome[]): EvaluationFigures['scope'] => {
  const open = judged.filter(({ scopes, scopeState }) => scopes.size > 0 && scopeState !== 'given');
  const share = (state: QueryOutcome['scopeState']): number =>
    mean(open.map(({ scopeState }) => (scopeState === state ? 1 : 0)));
  return {
    decided: share('found'),
    ambiguous: share('ambiguous'),
    'outside@10': outsideOf(
      judged.filter(({ scopeState }) => scopeState === 'given' || scopeState === 'found'),
    ),
  };
};

const expectsOf = (outcomes: readonly QueryOutcome[]): EvaluationFigures['expects'] =>
  Object.fromEntries(
    expectedEnds.flatMap((end) => {
      const those = outcomes.filter(({ expects }) => expects === end);
      const share = (decision: ExpectedEnd): number =>
        mean(those.map((outcome) => (outcome.decision === decision ? 1 : 0)));
      const shares = {
        answered: share('answer'),
        abstained: share('abstain'),
        asked: share('ask'),
      };
      return those.length > 0 ? [[end, shares]] : [];
    }),
  );
