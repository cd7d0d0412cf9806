import type { SearchAnswer } from '#libs/routes';

import type { AddCommand, AskedOfPlatform } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import { positive } from '../options.js';
import { jsonLine, line, type Io } from '../terminal/io.js';
import { writePairs, writeTable } from '../terminal/table.js';
import { time as shownTime } from '../terminal/words.js';

export const addSearch: AddCommand = (program, { onPlatform }) =>
  program
    .command('search')
    .summary('the passages that fit best, and why')
    .description(
      'Prints the passages that fit best among what you may read, with the records they stand in. It looks for one home where\n' +
        'the words name one, and for a time where they say one. Passages name people: watch who sees your screen.',
    )
    .argument('<words...>', 'what is looked for, in any of the languages')
    .option('--explain', 'how each passage came to its score, and how long each step took')
    .option('--as <principal>', 'with the rights of this principal; takes an admin, and is logged')
    .option('--limit <n>', 'so many at most', positive, 10)
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  innkeeper search "wifi Harbour Loft"\n' +
        '  innkeeper search Schlüssel verloren --explain',
    )
    .action(onPlatform(search));

interface SearchOptions {
  readonly as?: string;
  readonly explain?: boolean;
  readonly limit: number;
}

const search = async (
  { api, io, json }: AskedOfPlatform,
  words: readonly string[],
  { as, explain = false, limit }: SearchOptions,
): Promise<ExitCode> => {
  const found = await api.search({
    text: words.join(' '),
    limit,
    explain,
    ...(as !== undefined && { as }),
  });
  if (json) await jsonLine(io.out, found);
  else await writeFound(io, found);
  return exit.well;
};

const writeFound = async ({ out, err }: Io, found: SearchAnswer): Promise<void> => {
  const { dim, strong } = out.paint;
  const { choices, ids, state } = found.scope;
  if (state === 'ambiguous')
    await line(err, `Several are called so: ${choices.map(({ name }) => name).join(', ')}.`);
  if (found.items.length === 0) await line(err, 'Nothing fits.');
  for (const [i, item] of found.items.entries()) {
    if (i > 0) await line(out);
    await line(out, `${strong(String(i + 1))}  ${item.title || item.record}  ${dim(item.record)}`);
    for (const text of item.text.split('\n')) await line(out, `   ${text}`);
    if (item.because) await line(out, dim(`   ${reasonsOf(item)}`));
  }
  if (!found.steps) return;
  await line(out);
  await writePairs(out, [
    ['asked', found.asked],
    ['about', state === 'none' ? 'anything' : `${ids.join(', ')} (${state})`],
    ...(found.time ? [['time', timeOf(found.time)] as const] : []),
    ['languages', (found.languages ?? []).join(', ')],
  ]);
  await line(out);
  const rows = found.steps.map(({ step, ms, left }) => [step, ms.toFixed(0), String(left ?? '')]);
  await writeTable(out, ['step', 'ms', 'left'], rows, [1, 2]);
};

const timeOf = ({ from, said, to }: NonNullable<SearchAnswer['time']>): string =>
  `${said}: ${shownTime(from)} to ${shownTime(to)}`;

const reasonsOf = ({ because = {}, coverage, score }: SearchAnswer['items'][number]): string =>
  Object.entries({ score, coverage, ...because })
    .map(([name, value]) => `${name} ${value.toFixed(2)}`)
    .join('  ');
