import type { DemoPlatform } from './demo-platform.js';
import { holdsAll, type EvalCase } from './eval-case.js';

interface AnswerShown {
  readonly id: string;
  readonly conversation: string;
  readonly outcome: string;
  readonly answer: string;
  readonly citations: readonly { readonly record: string; readonly quote: string }[];
  readonly count?: number;
}

interface SearchShown {
  readonly scope: { readonly state: string };
  readonly items: readonly { readonly records: readonly string[]; readonly text: string }[];
}

/** What became of one question. */
export interface CaseOutcome {
  readonly question: EvalCase;
  readonly ended: 'answer' | 'abstain' | 'ask';
  /** The answer holds what it must. */
  readonly right: boolean;
  /** A source of it holds what it must, and is about the right home. */
  readonly cited: boolean;
  /** Its first source is about another home. */
  readonly wrongHome: boolean;
  /** Where the first right hit stands, from 1; missing where none is among the first ten. */
  readonly rank?: number;
  /** Of the hits that are about a home at all, those about another. */
  readonly outside?: { readonly hits: number; readonly of: number };
  readonly answer: string;
  readonly ms: number;
}

/** Asks as people do, over the API; what was said before is asked first, in the same dialogue. */
export const askCase = async (
  platform: DemoPlatform,
  homes: ReadonlyMap<string, string>,
  question: EvalCase,
): Promise<CaseOutcome> => {
  let conversation: string | undefined;
  for (const { text, who } of question.turns ?? [])
    if (who === 'user')
      ({ conversation } = await platform.ask<AnswerShown>('/api/questions', {
        text,
        conversation,
      }));
  const before = performance.now();
  const shown = await platform.ask<AnswerShown>('/api/questions', {
    text: question.text,
    conversation,
  });
  const ms = performance.now() - before;
  const ended = endOf(shown);
  return {
    question,
    ended,
    ...judged(question, shown, ended, homes),
    ...(await searched(platform, homes, question)),
    answer: shown.answer,
    ms,
  };
};

const endOf = ({ outcome }: AnswerShown): CaseOutcome['ended'] => {
  if (outcome === 'asked_back') return 'ask';
  return outcome === 'answered' ? 'answer' : 'abstain';
};

const judged = (
  question: EvalCase,
  { answer, citations, count }: AnswerShown,
  ended: CaseOutcome['ended'],
  homes: ReadonlyMap<string, string>,
): Pick<CaseOutcome, 'right' | 'cited' | 'wrongHome'> => {
  const { expects, home } = question;
  const isOfHome = (record: string): boolean =>
    home === undefined || (homes.get(record) ?? home) === home;
  const [first] = citations;
  const isAnswered = ended === 'answer';
  if (question.count !== undefined) {
    const right = isAnswered && count === question.count;
    return { right, cited: right, wrongHome: false };
  }
  const texts = [answer, ...citations.map(({ quote }) => quote)].join('\n');
  return {
    right: expects === 'answer' ? isAnswered && holdsAll(texts, question) : ended === expects,
    cited:
      expects !== 'answer' ||
      (isAnswered &&
        citations.some(({ quote, record }) => holdsAll(quote, question) && isOfHome(record))),
    wrongHome: isAnswered && first !== undefined && !isOfHome(first.record),
  };
};

/** They are answered from records, from the log, or by links that lead to several passages. */
const unsearched: ReadonlySet<string> = new Set(['asof', 'linked']);

/** The ranked passages behind it. A follow-up cannot be searched for by itself. */
const searched = async (
  platform: DemoPlatform,
  homes: ReadonlyMap<string, string>,
  question: EvalCase,
): Promise<Pick<CaseOutcome, 'rank' | 'outside'>> => {
  if (question.holds === undefined || question.turns || unsearched.has(question.group)) return {};
  const path = `/api/search?limit=10&text=${encodeURIComponent(question.text)}`;
  const { items } = await platform.ask<SearchShown>(path);
  const homeOf = (records: readonly string[]): string | undefined =>
    records.map((record) => homes.get(record)).find((home) => home !== undefined);
  const rank = items.findIndex(
    ({ records, text }) =>
      holdsAll(text, question) && (homeOf(records) ?? question.home) === question.home,
  );
  const about = items.flatMap(({ records }) => homeOf(records) ?? []);
  return {
    rank: rank < 0 ? 0 : rank + 1,
    ...(question.home !== undefined && {
      outside: { hits: about.filter((home) => home !== question.home).length, of: about.length },
    }),
  };
};
