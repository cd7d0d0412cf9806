import type { CheckedFeedAnswer, FeedAnswer } from '#libs/routes';

import type { AddCommand, AskedOfPlatform } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import { jsonLine, line } from '../terminal/io.js';
import { writeTable } from '../terminal/table.js';
import { count, counted, duration, time } from '../terminal/words.js';

export const addCapture: AddCommand = (program, { onPlatform }) => {
  const capture = program
    .command('capture')
    .helpCommand(false)
    .summary('what is followed in databases of others')
    .description(
      'Collections of other databases are followed into the log: Rocket.Chat’s, and those of INNKEEPER_FOLLOW. A snapshot\n' +
        'reads what is there, and the stream of changes what comes.',
    );
  capture
    .command('list', { isDefault: true })
    .summary('every feed, and how far it is')
    .description(
      'Lists what is followed and how far. Exit code 1 if a feed is halted or waits for a person.',
    )
    .action(onPlatform(list));
  capture
    .command('check')
    .summary('which right or setting is missing, on either side')
    .description(
      'Asks each database what is missing to follow it. Exit code 1 if something is missing.',
    )
    .action(onPlatform(check));
  capture
    .command('confirm')
    .summary('lets a mass deletion through')
    .description(
      'Says that what is missing was deleted on purpose: its keys are destroyed here, which nobody can take back.',
    )
    .argument('<feed>', 'as `capture list` shows it')
    .action(onPlatform(confirm));
  capture
    .command('resnapshot')
    .summary('reads a collection again, beside its changes')
    .description(
      'Reads a followed collection again. Only what differs is told; what was set aside is tried again.',
    )
    .argument('<feed>', 'as `capture list` shows it')
    .action(onPlatform(readAgain));
};

const NOTHING =
  'Nothing is followed: set INNKEEPER_ROCKETCHAT_MONGODB_URL or INNKEEPER_FOLLOW (see settings).';

const list = async ({ api, io, json }: AskedOfPlatform): Promise<ExitCode> => {
  const { items } = await api.feeds();
  if (json) for (const item of items) await jsonLine(io.out, item);
  else if (items.length === 0) await line(io.err, NOTHING);
  else
    await writeTable(
      io.out,
      ['feed', 'phase', 'read', 'behind', 'place', 'set aside', 'waits'],
      items.map(rowOf),
      [2, 3, 5],
    );
  return items.some(needsPerson) ? exit.unwell : exit.well;
};

const needsPerson = ({ phase, waiting }: FeedAnswer): boolean =>
  phase === 'halted' || waiting !== undefined;

const rowOf = ({
  name,
  phase,
  code,
  done,
  of,
  lagMs,
  tokenAt,
  parked,
  waiting,
}: FeedAnswer): readonly string[] => [
  name,
  code === undefined ? phase : `${phase}: ${code}`,
  of === undefined ? count(done) : `${count(done)} of ${count(of)}`,
  duration(lagMs),
  time(tokenAt ?? undefined),
  count(parked.length),
  waiting ? `at least ${counted(waiting.count, 'deletion')}: confirm ${name}` : '',
];

const check = async ({ api, io, json }: AskedOfPlatform): Promise<ExitCode> => {
  const { items, well } = await api.checkFeeds();
  if (json) for (const item of items) await jsonLine(io.out, item);
  else if (items.length === 0) await line(io.err, NOTHING);
  else for (const item of items) await writeCheck({ io }, item);
  return well ? exit.well : exit.unwell;
};

const sides: Readonly<Record<string, string>> = {
  right: 'right',
  setting: 'setting',
  place: 'not there',
  advice: 'advice',
};

const writeCheck = async (
  { io: { out } }: Pick<AskedOfPlatform, 'io'>,
  { name, well, code, obstacles, historyMs }: CheckedFeedAnswer,
): Promise<void> => {
  const { paint } = out;
  const reach = historyMs === undefined ? '' : `  ${paint.dim(`history ${duration(historyMs)}`)}`;
  await line(out, `${well ? paint.good('✔') : paint.bad('✖')} ${paint.strong(name)}${reach}`);
  if (code !== undefined) await line(out, `  It could not be asked: ${code}.`);
  for (const { kind, text } of obstacles)
    await line(out, `  ${paint.dim(`${sides[kind] ?? kind}:`)} ${text}`);
};

const confirm = async ({ api, io, json }: AskedOfPlatform, name: string): Promise<ExitCode> => {
  await api.confirmDeletion(name);
  if (json) await jsonLine(io.out, { confirmed: name });
  else await line(io.out, `Confirmed: what is missing in ${name} is erased here.`);
  return exit.well;
};

const readAgain = async ({ api, io, json }: AskedOfPlatform, name: string): Promise<ExitCode> => {
  await api.resnapshot(name);
  if (json) await jsonLine(io.out, { asked: name });
  else {
    await line(io.out, `${name} is read again.`);
    await line(io.err, 'Next: innkeeper capture list');
  }
  return exit.well;
};
