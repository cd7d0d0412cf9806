import { stripVTControlCharacters } from 'node:util';

import stringWidth from 'string-width';

import { line, type Sink } from './io.js';

type Cells = readonly string[];

/** In columns of the terminal: a Chinese sign and most emoji take two, an accent of its own none. */
const widthOf = (text: string): number => stringWidth(text);
const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** What people see as one sign is never cut in two. */
const signs = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Cut where the terminal ends, so that a row stays a row; only plain text can be cut. */
const cut = (text: string, width: number): string => {
  if (widthOf(text) <= width || stripVTControlCharacters(text) !== text || width < 4) return text;
  let kept = '';
  let used = 1;
  for (const { segment } of signs.segment(text)) {
    used += widthOf(segment);
    if (used > width) break;
    kept += segment;
  }
  return `${kept}…`;
};

const GAP = '  ';

/** Columns as wide as their widest cell; a number reads better on the right. */
export const tableLines = (
  rows: readonly Cells[],
  { width = Infinity, right = [] }: { width?: number; right?: readonly number[] } = {},
): readonly string[] => {
  const widths = widthsOf(rows);
  return rows.map((cells) => {
    let used = 0;
    return cells
      .map((cell, i) => {
        const last = i === cells.length - 1;
        const shown = last ? cut(cell, width - used) : cell;
        const columnWidth = widths[i] ?? 0;
        used += columnWidth + GAP.length;
        if (right.includes(i)) return ' '.repeat(columnWidth - widthOf(shown)) + shown;
        return last ? shown : padded(shown, columnWidth);
      })
      .join(GAP)
      .trimEnd();
  });
};

const widthsOf = (rows: readonly Cells[]): number[] => {
  const widths: number[] = [];
  for (const cells of rows)
    cells.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, widthOf(cell))));
  return widths;
};

/** A table with a head, at the sink's width. */
export const writeTable = async (
  sink: Sink,
  head: Cells,
  rows: readonly Cells[],
  right: readonly number[] = [],
): Promise<void> => {
  const [first = '', ...others] = tableLines([head, ...rows], { width: sink.width, right });
  await line(sink, sink.paint.dim(first));
  for (const other of others) await line(sink, other);
};

/** Names on the left, values on the right. */
export const writePairs = async (
  sink: Sink,
  pairs: readonly (readonly [name: string, value: string])[],
): Promise<void> => {
  const rows = pairs.map(([name, value]) => [`  ${sink.paint.dim(name)}`, value]);
  for (const text of tableLines(rows)) await line(sink, text);
};
