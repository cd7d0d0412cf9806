import type { CommandCall } from './command.js';
import { limitOf } from './options.js';
import { jsonLine, line } from './terminal/io.js';
import { writeTable } from './terminal/table.js';

export interface List<T> {
  readonly pages: (limit: number) => AsyncIterable<readonly T[]>;
  readonly limit: number | undefined;
  readonly head: readonly string[];
  readonly row: (item: T) => readonly string[];
  /** Columns of numbers. */
  readonly right?: readonly number[];
  /** Said where there is none. */
  readonly none: string;
}

/** JSON lines as they come, or a table of what fits on a screen and a word about the rest. */
export const writeList = async <T>(
  { io, json }: Pick<CommandCall, 'io' | 'json'>,
  { pages, limit, head, row, right = [], none }: List<T>,
): Promise<void> => {
  const most = limitOf(limit, json);
  if (json) {
    for await (const page of pages(most)) for (const item of page) await jsonLine(io.out, item);
    return;
  }
  const items: T[] = [];
  // One more than shown says whether there are more.
  for await (const page of pages(most + 1)) items.push(...page);
  if (items.length === 0) {
    await line(io.err, none);
    return;
  }
  await writeTable(io.out, head, items.slice(0, most).map(row), right);
  if (items.length > most)
    await line(io.err, io.err.paint.dim('There are more: --limit N shows them, --json all.'));
};
