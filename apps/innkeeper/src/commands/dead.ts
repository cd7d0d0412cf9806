import type { AddCommand, AskedOfPlatform } from '../command.js';
import { exit, UsageError, type ExitCode } from '../exit.js';
import { writeList } from '../listing.js';
import { positive } from '../options.js';
import { jsonLine, line } from '../terminal/io.js';
import { writePairs } from '../terminal/table.js';
import { bytes, counted, time } from '../terminal/words.js';

export const addDead: AddCommand = (program, { onPlatform }) => {
  const dead = program
    .command('dead')
    .helpCommand(false)
    .summary('messages that no handler could handle')
    .description(
      'Messages that no handler could handle, with their cause. Repair the cause, then send them once more with\n' +
        '`innkeeper dead redrive --all`. Their content stays sealed.',
    );
  dead
    .command('list', { isDefault: true })
    .summary('newest first')
    .description('Lists dead letters, newest first.')
    .option('--subscription <name>', 'only those of this subscription')
    .option('--limit <n>', 'so many at most', positive)
    .action(onPlatform(list));
  dead
    .command('show')
    .summary('one of them with its cause')
    .description('Shows one of them with its cause.')
    .argument('<id>')
    .action(onPlatform(show));
  dead
    .command('redrive')
    .summary('sends them to their subscriptions once more')
    .description('Sends dead letters to their subscriptions once more.')
    .argument('[ids...]', 'these')
    .option('--all', 'every one')
    .option('--subscription <name>', 'with --all: only those of this subscription')
    .addHelpText(
      'after',
      '\nExamples:\n  innkeeper dead redrive <id>\n  innkeeper dead redrive --all',
    )
    .action(onPlatform(redrive));
  dead
    .command('drop')
    .summary('forgets some of them for good')
    .description('Forgets dead letters for good, their keys too.')
    .argument('<ids...>')
    .action(onPlatform(drop));
};

interface DeadListOptions {
  readonly subscription?: string;
  readonly limit?: number;
}

const list = async (
  asked: AskedOfPlatform,
  { limit, ...filters }: DeadListOptions,
): Promise<ExitCode> => {
  const { paint } = asked.io.out;
  await writeList(asked, {
    pages: (most) => asked.api.letters(filters, most),
    limit,
    head: ['letter', 'since', 'cause', 'attempts', 'subscription'],
    row: ({ id, buriedAt, code, attempts, subscription }) => [
      id,
      time(buriedAt),
      paint.bad(code),
      String(attempts),
      subscription,
    ],
    right: [3],
    none: 'There are no dead letters.',
  });
  return exit.well;
};

const show = async ({ api, io, json }: AskedOfPlatform, id: string): Promise<ExitCode> => {
  const letter = await api.letter(id);
  if (json) {
    await jsonLine(io.out, letter);
    return exit.well;
  }
  const { codes } = await import('#libs/kernel');
  const known: { title: string; remedy: string } | undefined = (
    codes as Readonly<Record<string, { title: string; remedy: string }>>
  )[letter.code];
  await writePairs(io.out, [
    ['letter', letter.id],
    ['since', time(letter.buriedAt)],
    ['subscription', letter.subscription],
    ['cause', io.out.paint.bad(letter.code)],
    ['', known?.title ?? ''],
    ['next', known?.remedy ?? 'Look at the logs of the role that owns this subscription.'],
    ['attempts', String(letter.attempts)],
    ['size', bytes(letter.bytes)],
    ...Object.entries(letter.attributes),
  ]);
  return exit.well;
};

const redrive = async (
  { api, io, json }: AskedOfPlatform,
  ids: readonly string[],
  { all = false, subscription }: { readonly all?: boolean; readonly subscription?: string },
): Promise<ExitCode> => {
  if (all === ids.length > 0)
    throw new UsageError('Say which: ids of dead letters, or --all.', 'innkeeper dead list');
  if (!all) for (const id of ids) await api.redrive(id);
  const { redriven } = all ? await api.redriveAll(subscription) : { redriven: ids.length };
  if (json) await jsonLine(io.out, { redriven });
  else await line(io.out, `${counted(redriven, 'letter')} sent once more.`);
  return exit.well;
};

const drop = async (
  { api, io, json }: AskedOfPlatform,
  ids: readonly string[],
): Promise<ExitCode> => {
  for (const id of ids) {
    await api.dropLetter(id);
    if (json) await jsonLine(io.out, { dropped: id });
    else await line(io.out, `Dropped ${id}.`);
  }
  return exit.well;
};
