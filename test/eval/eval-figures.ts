import type { CaseOutcome } from './ask-cases.js';

/** Shares from 0 to 1, of one group of questions or of all. What a group has no questions for is missing. */
export interface DemoFigures {
  readonly questions: number;
  readonly answered: number;
  readonly abstained: number;
  readonly askedBack: number;
  readonly right: number;
  /** Of the questions that have an answer. */
  readonly cited?: number;
  readonly wrongHome: number;
  readonly 'recall@10'?: number;
  readonly 'r@1'?: number;
  readonly 'outside@10'?: number;
}

const share = (count: number, of: number): number =>
  of === 0 ? 0 : Math.round((count / of) * 10_000) / 10_000;

export const figuresOfGroup = (outcomes: readonly CaseOutcome[]): DemoFigures => {
  const of = outcomes.length;
  const count = (fits: (outcome: CaseOutcome) => boolean): number =>
    share(outcomes.filter(fits).length, of);
  const answerable = outcomes.filter(({ question }) => question.expects === 'answer');
  const searched = outcomes.filter(({ rank }) => rank !== undefined);
  const hits = outcomes.flatMap(({ outside }) => outside ?? []);
  const all = hits.reduce((sum, one) => sum + one.of, 0);
  return {
    questions: of,
    answered: count(({ ended }) => ended === 'answer'),
    abstained: count(({ ended }) => ended === 'abstain'),
    askedBack: count(({ ended }) => ended === 'ask'),
    right: count(({ right }) => right),
    ...(answerable.length > 0 && {
      cited: share(answerable.filter(({ cited }) => cited).length, answerable.length),
    }),
    wrongHome: count(({ wrongHome }) => wrongHome),
    ...(searched.length > 0 && {
      'recall@10': share(searched.filter(({ rank = 0 }) => rank > 0).length, searched.length),
      'r@1': share(searched.filter(({ rank }) => rank === 1).length, searched.length),
    }),
    ...(all > 0 && {
      'outside@10': share(
        hits.reduce((sum, one) => sum + one.hits, 0),
        all,
      ),
    }),
  };
};

export type GroupFigures = Readonly<Record<string, DemoFigures>>;

export const figuresByGroup = (outcomes: readonly CaseOutcome[]): GroupFigures => {
  const groups = [...new Set(outcomes.map(({ question }) => question.group))];
  return Object.fromEntries([
    ['all', figuresOfGroup(outcomes)],
    ...groups.map((group) => [
      group,
      figuresOfGroup(outcomes.filter(({ question }) => question.group === group)),
    ]),
  ]) as GroupFigures;
};

/** Higher is better, except where it says otherwise. */
const held: Readonly<Partial<Record<keyof DemoFigures, 'up' | 'down'>>> = {
  right: 'up',
  cited: 'up',
  wrongHome: 'down',
  'recall@10': 'up',
  'r@1': 'up',
  'outside@10': 'down',
};

const MOST_LOST = 0.01;

/** Figures of all questions that are worse than the baseline by more than a point; of a group, by more than two questions. */
export const lostFigures = (now: GroupFigures, baseline: GroupFigures): readonly string[] =>
  Object.entries(baseline).flatMap(([group, before]) => {
    const after = now[group];
    if (!after) return [`${group}: no questions any more`];
    const most = group === 'all' ? MOST_LOST : Math.max(MOST_LOST, 2.01 / before.questions);
    return Object.entries(held).flatMap(([name, better]) => {
      const [was, is] = [before[name as keyof DemoFigures], after[name as keyof DemoFigures]];
      if (was === undefined) return [];
      const lost = is === undefined ? 1 : better === 'up' ? was - is : is - was;
      return lost > most ? [`${group}: ${name} was ${was}, is ${is ?? 'missing'}`] : [];
    });
  });
