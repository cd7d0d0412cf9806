import { setTimeout as sleep } from 'node:timers/promises';

import type { FactPageAnswer, FactAnswer } from '#libs/routes';

import type { AddCommand, AskedOfPlatform } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import { limitOf, position, positive } from '../options.js';
import { jsonLine, line, type Io } from '../terminal/io.js';
import { tableLines } from '../terminal/table.js';
import { time } from '../terminal/words.js';

export const addFacts: AddCommand = (program, { onPlatform }) =>
  program
    .command('facts')
    .summary('read the log in its order')
    .description(
      'Reads the log from a position on. Without --json it prints one line for each of the first fifty facts;\n' +
        'with --json it prints everything. What facts say about people stays sealed without --personal.',
    )
    .option('--type <type>', 'only facts of this type')
    .option('--stream <stream>', 'only facts of this stream')
    .option('--after <position>', 'only facts after this position', position, 0)
    .option('--limit <n>', 'so many at most', positive)
    .option('--follow', 'go on with what is appended, until Ctrl-C')
    .option('--personal', 'with --json: open the personal parts')
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  innkeeper facts --follow\n' +
        '  innkeeper facts --stream call/aircall.main.4190001001 --json --personal\n' +
        '  innkeeper facts --type intake.call.observed.v1 --after 1000 --limit 10',
    )
    .action(onPlatform(facts));

interface FactsOptions {
  readonly type?: string;
  readonly stream?: string;
  readonly after: number;
  readonly limit?: number;
  readonly follow?: boolean;
  readonly personal?: boolean;
}

/** Often enough to look live, seldom enough to cost nothing. */
const LOOK_MS = 500;
const PAGE = 200;

const facts = async (
  { api, io, json }: AskedOfPlatform,
  { type, stream, after, limit, follow = false, personal = false }: FactsOptions,
): Promise<ExitCode> => {
  const filters = { ...(type !== undefined && { type }), ...(stream !== undefined && { stream }) };
  const most = follow ? (limit ?? Infinity) : limitOf(limit, json);
  const ended = follow ? io.interrupted : undefined;
  let shown = 0;
  for (let from = after; shown < most && !ended?.aborted;) {
    const asked = { ...filters, after: from, limit: Math.min(PAGE, most - shown) };
    const page = await api.facts(asked, personal);
    await writePage(io, json, page);
    shown += page.items.length;
    from = nextOf(page);
    if (page.next !== null) continue;
    if (!follow) {
      if (shown === 0 && !json) await line(io.err, 'There are no such facts.');
      return exit.well;
    }
    await sleep(LOOK_MS, undefined, ended && { signal: ended }).catch(() => undefined);
  }
  if (!json && limit === undefined && !follow)
    await line(
      io.err,
      io.err.paint.dim('There are more: --after POSITION goes on, --json shows all.'),
    );
  return exit.well;
};

const nextOf = ({ next, position: looked }: FactPageAnswer): number =>
  next === null ? looked : Number(next);

const writePage = async (io: Io, json: boolean, { items }: FactPageAnswer): Promise<void> => {
  if (json) for (const fact of items) await jsonLine(io.out, fact);
  else
    for (const text of tableLines(
      items.map((fact) => rowOf(fact, io)),
      { width: io.out.width },
    ))
      await line(io.out, text);
};

/** Positions and types keep their columns from page to page. */
const rowOf = ({ position: at, recordedAt, type, stream }: FactAnswer, { out }: Io) => [
  out.paint.dim(String(at).padStart(8)),
  time(recordedAt),
  type.padEnd(32),
  stream,
];
