import type { Figure, NotRun } from './figure.js';

const rounded = (value: number): number => Number(value.toPrecision(4));

/** One figure as a line for machines; what was not run says why. */
export const jsonLine = (measured: Figure | NotRun): string => {
  if ('notRun' in measured) return JSON.stringify(measured);
  const { name, value, unit, limit, ratio, goal, met } = measured;
  return JSON.stringify({
    name,
    value: rounded(value),
    unit,
    limit: limit === undefined ? null : rounded(limit),
    ratio: ratio === undefined ? null : rounded(ratio),
    goal,
    met,
  });
};

const shown = (value: number | undefined): string =>
  value === undefined
    ? '–'
    : value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });

export class Table {
  readonly #rows: string[][] = [['', 'value', 'limit', 'ratio', 'goal', '']];

  add(measured: Figure | NotRun): void {
    if ('notRun' in measured) {
      this.#rows.push([measured.name, 'not run', '', '', measured.notRun, '']);
      return;
    }
    const { name, value, unit, limit, ratio, goal, met } = measured;
    const unitOf = (text: string): string =>
      unit.startsWith('/') ? text + unit : `${text} ${unit}`;
    this.#rows.push([
      name,
      unitOf(shown(value)),
      limit === undefined ? '–' : unitOf(shown(limit)),
      shown(ratio),
      goal,
      met ? 'met' : 'NOT MET',
    ]);
  }

  text(): string {
    const widths = [0, 1, 2, 3, 4, 5].map((i) =>
      Math.max(...this.#rows.map((row) => row[i]?.length ?? 0)),
    );
    const lines = this.#rows.map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    );
    return `\n${lines.join('\n')}\n`;
  }
}
