import type { AddCommand, AskedOfPlatform } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import { writeList } from '../listing.js';
import { positive, seconds } from '../options.js';
import { jsonLine, line } from '../terminal/io.js';
import { bytes, counted, time } from '../terminal/words.js';

export const addQuarantine: AddCommand = (program, { onPlatform }) => {
  const quarantine = program
    .command('quarantine')
    .helpCommand(false)
    .summary('what could not prove who sent it')
    .description(
      'Deliveries that could not prove who sent them wait here for seven days. If they are real, set the right\n' +
        'secret, start again, and run `innkeeper quarantine retry`.',
    );
  quarantine
    .command('list', { isDefault: true })
    .summary('newest first')
    .description('Lists what waits, newest first.')
    .option('--source <source>', 'only what claims to be this source')
    .option('--limit <n>', 'so many at most', positive)
    .action(onPlatform(list));
  quarantine
    .command('retry')
    .summary('proves everything again')
    .description(
      'Proves everything again with the current secrets, and takes in what is proved.\n' +
        'If it was refused because the clock here was wrong, --within lets the signed time and the receipt\n' +
        'differ by that much. It needs the operator role admin, and the log keeps who asked and how much.',
    )
    .option('--within <duration>', 'as 90s, 15m, 12h or 4000d', seconds)
    .action(onPlatform(retry));
  quarantine
    .command('drop')
    .summary('forgets some of them for good')
    .description('Forgets some of them for good.')
    .argument('<ids...>', 'as `quarantine list` shows them')
    .action(onPlatform(drop));
};

interface QuarantineListOptions {
  readonly source?: string;
  readonly limit?: number;
}

const list = async (
  asked: AskedOfPlatform,
  { limit, ...filters }: QuarantineListOptions,
): Promise<ExitCode> => {
  await writeList(asked, {
    pages: (most) => asked.api.quarantine(filters, most),
    limit,
    head: ['quarantined', 'claims to be', 'received', 'size'],
    row: ({ id, source, receivedAt, bytes: size }) => [id, source, time(receivedAt), bytes(size)],
    right: [3],
    none: 'Nothing is in quarantine.',
  });
  return exit.well;
};

/** What is left could not be proved with the current secrets: a person must look. */
const retry = async (
  { api, io, json }: AskedOfPlatform,
  { within }: { readonly within?: number },
): Promise<ExitCode> => {
  const { proved, left } = await api.retryQuarantine(within);
  if (json) await jsonLine(io.out, { proved, left });
  else await line(io.out, `${counted(proved, 'delivery', 'deliveries')} proved, ${left} left.`);
  if (!json && left > 0)
    await line(
      io.err,
      'If they are real, set the token that they carry, start again, and retry. If not, `innkeeper quarantine drop <id>`.',
    );
  return left > 0 ? exit.unwell : exit.well;
};

const drop = async (
  { api, io, json }: AskedOfPlatform,
  ids: readonly string[],
): Promise<ExitCode> => {
  for (const id of ids) {
    await api.dropQuarantined(id);
    if (json) await jsonLine(io.out, { dropped: id });
    else await line(io.out, `Dropped ${id}.`);
  }
  return exit.well;
};
