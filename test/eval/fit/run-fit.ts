import type { FoundFeatures, SurenessWeights } from '#libs/knowledge';

import { areaUnder, fitLine, sureOf, type FittedLine } from './logistic.js';
import { INVENTED, rateFolder, rateInvented, type RatedQuestion } from './rated-questions.js';

/** What the invented set counts beside one other set. */
const OWN_SHARE = 4;

const names = [
  'coverage',
  'focus',
  'margin',
  'lacksSort',
  'nearness',
] as const satisfies readonly (keyof FoundFeatures)[];

/**
 * Fits the weights of abstention, to the invented set and to collections in folders. It says how far they can be trusted: each
 * time with one set, one language or one sort of place left out.
 */
export const runFit = async (
  folders: readonly string[],
  said: (text: string) => void,
): Promise<void> => {
  const questions = [...(await rateInvented())];
  for (const folder of folders) questions.push(...(await rateFolder(folder)));
  const [first] = questions;
  if (!first) return;
  const current = lineOf(first.weights);
  const fitted = fitTo(questions);
  said(`As they are: ${shown(current)}\nFitted now:  ${shown(fitted)}\n`);
  const sets = [...new Set(questions.map(({ set }) => set))];
  said(table('as they are', sets, (set) => [questions.filter((one) => one.set === set), current]));
  if (sets.length > 1)
    said(
      table('fitted without it', sets, (set) => [
        questions.filter((one) => one.set === set),
        fitTo(questions.filter((one) => one.set !== set)),
      ]),
    );
  for (const facet of ['language', 'sort'] as const)
    said(
      table(`${facet}, fitted without it`, groupsOf(questions, facet), (group) => [
        questions.filter(({ invented }) => invented?.[facet] === group),
        fitTo(questions.filter(({ invented }) => invented?.[facet] !== group)),
      ]),
    );
  said(
    table('why, as they are', groupsOf(questions, 'why'), (group) => [
      questions.filter(({ invented }) => invented?.why === group),
      current,
    ]),
  );
};

const lineOf = ({ bias, of }: SurenessWeights): FittedLine => ({
  bias,
  weights: names.map((name) => of[name]),
});

const groupsOf = (
  questions: readonly RatedQuestion[],
  facet: 'language' | 'sort' | 'why',
): readonly string[] => [...new Set(questions.flatMap(({ invented }) => invented?.[facet] ?? []))];

const featuresIn = ({ features }: RatedQuestion): readonly number[] =>
  names.map((name) => features[name]);

/** Each set counts as much as another, and in it questions with an answer as much as those without. */
const fitTo = (questions: readonly RatedQuestion[]): FittedLine => {
  const sizes = new Map<string, number>();
  const key = ({ isAnswerable, set }: RatedQuestion): string => `${set} ${String(isAnswerable)}`;
  for (const question of questions) sizes.set(key(question), (sizes.get(key(question)) ?? 0) + 1);
  return fitLine(
    questions.map((question) => ({
      features: featuresIn(question),
      isWanted: question.isAnswerable,
      counts: (question.set === INVENTED ? OWN_SHARE : 1) / (sizes.get(key(question)) ?? 1),
    })),
  );
};

const shown = ({ bias, weights }: FittedLine): string =>
  [`bias ${bias.toFixed(2)}`, ...names.map((name, i) => `${name} ${weights[i]?.toFixed(2)}`)].join(
    ', ',
  );

const table = (
  title: string,
  groups: readonly string[],
  of: (group: string) => readonly [readonly RatedQuestion[], FittedLine],
): string => {
  const rows = groups.map((group) => {
    const [questions, line] = of(group);
    const rated = questions.map((question) => ({
      sure: sureOf(line, featuresIn(question)),
      isWanted: question.isAnswerable,
      least: question.weights.least,
    }));
    const share = (isWanted: boolean, isAnswered: boolean): string => {
      const those = rated.filter((one) => one.isWanted === isWanted);
      const count = those.filter((one) => one.sure >= one.least === isAnswered).length;
      return those.length === 0 ? '–' : ((100 * count) / those.length).toFixed(1);
    };
    const both = new Set(rated.map(({ isWanted }) => isWanted)).size > 1;
    const area = both ? areaUnder(rated).toFixed(3) : '–';
    return `| ${group} | ${rated.length} | ${area} | ${share(true, true)} | ${share(false, false)} |\n`;
  });
  return [
    `\n| ${title} | questions | AUROC | with an answer: answers, % | without one: abstains, % |\n`,
    '| --- | ---: | ---: | ---: | ---: |\n',
    ...rows,
  ].join('');
};
