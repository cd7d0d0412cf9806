/** One measured figure, beside the raw limit of the same work where there is one. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The same work done bare, in the same run. */
  readonly limit?: number;
  readonly ratio?: number;
  /** As people read it: `≥ 0.7 of the limit`. */
  readonly goal: string;
  readonly met: boolean;
}

/** A figure that this machine cannot measure, and why. */
export interface NotRun {
  readonly name: string;
  readonly notRun: string;
}

export interface BenchOptions {
  /** Measures with a million facts stored; else with a tenth of that, which the name of the figure says. */
  readonly full: boolean;
  /** Told what is being done, for somebody who waits. */
  readonly progress: (text: string) => void;
}

export type Measured = readonly (Figure | NotRun)[];

export interface Bench {
  readonly name: string;
  readonly means: string;
  readonly run: (options: BenchOptions) => Promise<Measured>;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
};

/** At least this share of the limit. */
export const beside = (
  name: string,
  unit: string,
  { value, limit, ratio = value / limit }: { value: number; limit: number; ratio?: number },
  least: number,
): Figure => ({
  name,
  value,
  unit,
  limit,
  ratio,
  goal: `≥ ${least} of limit`,
  met: ratio >= least,
});

export const atLeast = (name: string, value: number, unit: string, least: number): Figure => ({
  name,
  value,
  unit,
  goal: `≥ ${least.toLocaleString('en')} ${unit}`,
  met: value >= least,
});

export const atMost = (name: string, value: number, unit: string, most: number): Figure => ({
  name,
  value,
  unit,
  goal: `≤ ${most.toLocaleString('en')} ${unit}`,
  met: value <= most,
});
