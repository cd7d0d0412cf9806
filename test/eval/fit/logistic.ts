/** A row to fit: its features, in one order for all, whether it is one of those wanted, and what it counts. */
export interface FitRow {
  readonly features: readonly number[];
  readonly isWanted: boolean;
  readonly counts: number;
}

/** The bias, and a weight for each feature. */
export interface FittedLine {
  readonly bias: number;
  readonly weights: readonly number[];
}

/** Weights that are not needed stay small. */
const RIDGE = 0.002;
const STEPS = 1_000;
const STEP = 1.5;

/** Logistic regression by gradient descent: few features from 0 to 1, so plain steps are enough. */
export const fitLine = (rows: readonly FitRow[]): FittedLine => {
  const size = rows[0]?.features.length ?? 0;
  const all = rows.reduce((sum, { counts }) => sum + counts, 0) || 1;
  const weights = new Array<number>(size).fill(0);
  let bias = 0;
  for (let step = 0; step < STEPS; step++) {
    const slope = weights.map((weight) => RIDGE * weight);
    let biasSlope = 0;
    for (const { counts, features, isWanted } of rows) {
      const error = ((sureOf({ bias, weights }, features) - (isWanted ? 1 : 0)) * counts) / all;
      biasSlope += error;
      for (const [i, value] of features.entries()) slope[i] = (slope[i] ?? 0) + error * value;
    }
    bias -= STEP * biasSlope;
    for (const [i, value] of slope.entries()) weights[i] = (weights[i] ?? 0) - STEP * value;
  }
  return { bias, weights };
};

export const sureOf = ({ bias, weights }: FittedLine, features: readonly number[]): number => {
  const logit = weights.reduce((sum, weight, i) => sum + weight * (features[i] ?? 0), bias);
  return 1 / (1 + Math.exp(-logit));
};

/** How often a wanted row is surer than another one: 0.5 is chance. */
export const areaUnder = (
  rated: readonly { readonly sure: number; readonly isWanted: boolean }[],
): number => {
  const sorted = [...rated].sort((a, b) => a.sure - b.sure);
  const wanted = sorted.filter(({ isWanted }) => isWanted).length;
  let ranks = 0;
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to]?.sure === sorted[from]?.sure) to += 1;
    // Equals share their ranks.
    const rank = (from + to + 1) / 2;
    ranks += rank * sorted.slice(from, to).filter(({ isWanted }) => isWanted).length;
  }
  return (ranks - (wanted * (wanted + 1)) / 2) / (wanted * (sorted.length - wanted) || 1);
};
