import type { DeliveryAnswer } from '#libs/routes';

import type { AddCommand, AskedOfPlatform } from '../command.js';
import { exit, UsageError, type ExitCode } from '../exit.js';
import { writeList } from '../listing.js';
import { positive } from '../options.js';
import { jsonLine, line, type Paint } from '../terminal/io.js';
import { writePairs } from '../terminal/table.js';
import { bytes, counted, time } from '../terminal/words.js';

export const addDeliveries: AddCommand = (program, { onPlatform }) => {
  const deliveries = program
    .command('deliveries')
    .helpCommand(false)
    .summary('what came in, with its exact bytes while they are kept')
    .description('What came in through the doors, newest first, as long as its bytes are kept.');
  deliveries
    .command('list', { isDefault: true })
    .summary('newest first')
    .description('Lists deliveries, newest first; with --received-after oldest first.')
    .option('--source <source>', 'only what this source sent')
    .option('--failed', 'only those whose normaliser failed')
    .option('--received-after <time>', 'only what came in then or later')
    .option('--limit <n>', 'so many at most', positive)
    .action(onPlatform(list));
  deliveries
    .command('show')
    .summary('one delivery, or exactly its bytes')
    .description(
      'Shows one delivery. With --raw it writes exactly its bytes to stdout, with the provider’s token in them.\n' +
        'That needs the operator role admin, and the log records who did it.',
    )
    .argument('<id>', 'as `deliveries list` or the answer of the door says it')
    .option('--raw', 'the bytes as they came in')
    .addHelpText('after', '\nExample:\n  innkeeper deliveries show <id> --raw | sha256sum')
    .action(onPlatform(show));
  deliveries
    .command('reprocess')
    .summary('takes in deliveries again that are still kept')
    .description(
      'Takes in deliveries again that are still kept, so that a better normaliser adds what it reads.\n' +
        'Their ids stay the same, so nothing happens twice.',
    )
    .argument('[ids...]', 'these deliveries')
    .option('--source <source>', 'all of this source')
    .option('--received-after <time>', 'that came in then or later')
    .option('--received-before <time>', 'that came in earlier')
    .option('--all', 'every one')
    .action(onPlatform(reprocess));
};

interface DeliveriesListOptions {
  readonly source?: string;
  readonly failed?: true;
  readonly receivedAfter?: string;
  readonly limit?: number;
}

const list = async (
  asked: AskedOfPlatform,
  { limit, ...filters }: DeliveriesListOptions,
): Promise<ExitCode> => {
  await writeList(asked, {
    pages: (most) => asked.api.deliveries(filters, most),
    limit,
    head: ['delivery', 'source', 'received', 'size', 'facts'],
    row: (delivery) => rowOf(delivery, asked.io.out.paint),
    right: [3],
    none: 'Nothing came in yet. Next: npx innkeeper send aircall <file>',
  });
  return exit.well;
};

const factsOf = ({ facts, failed }: DeliveryAnswer, { bad, dim }: Paint): string => {
  if (failed) return bad('failed');
  return facts.length > 0 ? String(facts.length) : dim('none yet');
};

const rowOf = (delivery: DeliveryAnswer, paint: Paint): readonly string[] => [
  delivery.id,
  delivery.source,
  time(delivery.receivedAt),
  bytes(delivery.bytes),
  factsOf(delivery, paint),
];

const NOT_KEPT = ['bytes', 'not kept: they came out of a database that is followed'] as const;

const show = async (
  { api, io, json }: AskedOfPlatform,
  id: string,
  { raw }: { readonly raw?: true },
): Promise<ExitCode> => {
  if (raw) {
    await io.out.write(await api.raw(id));
    return exit.well;
  }
  const delivery = await api.delivery(id);
  if (json) await jsonLine(io.out, delivery);
  else
    await writePairs(io.out, [
      ['delivery', delivery.id],
      ['source', delivery.source],
      ['received', time(delivery.receivedAt)],
      ['size', bytes(delivery.bytes)],
      ['sha256', delivery.sha256],
      ...(delivery.fromFeed ? [NOT_KEPT] : []),
      ['facts', delivery.facts.join(' ') || factsOf(delivery, io.out.paint)],
    ]);
  return delivery.failed ? exit.unwell : exit.well;
};

interface ReprocessOptions {
  readonly source?: string;
  readonly receivedAfter?: string;
  readonly receivedBefore?: string;
  readonly all?: true;
}

const reprocess = async (
  { api, io, json }: AskedOfPlatform,
  ids: readonly string[],
  which: ReprocessOptions,
): Promise<ExitCode> => {
  const filters = Object.keys(which).length;
  if (ids.length > 0 === filters > 0)
    throw new UsageError(
      'Say which deliveries: either their ids, or --source, --received-after, --received-before or --all.',
      'Example: innkeeper deliveries reprocess --source aircall --received-after 2026-11-01',
    );
  const answer = await api.reprocess(ids.length > 0 ? { ids: [...ids] } : which);
  if (json) await jsonLine(io.out, answer);
  else {
    await line(io.out, `${counted(answer.published, 'delivery', 'deliveries')} run again.`);
    if (answer.missing > 0)
      await line(io.out, `${counted(answer.missing, 'is', 'are')} no longer kept.`);
  }
  // Of all that came in, much is no longer kept; of those that were named, none should be.
  return ids.length > 0 && answer.missing > 0 ? exit.unwell : exit.well;
};
