import { fault } from '#libs/kernel';
import type { VerifyLine } from '#libs/routes';

import type { AddCommand, AskedOfPlatform } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import { jsonLine, line, type Io } from '../terminal/io.js';
import { progressOn } from '../terminal/progress.js';
import { count } from '../terminal/words.js';

export const addVerify: AddCommand = (program, { onPlatform }) =>
  program
    .command('verify')
    .summary('walk the whole chain of the log')
    .description(
      'Walks the chain of the log from its first fact and compares it with its readers’ checkpoints.\n' +
        'Exit code 1 with the first wrong position if anything was changed, dropped or moved.',
    )
    .action(onPlatform(verify));

const verify = async ({ api, io, json }: AskedOfPlatform): Promise<ExitCode> => {
  const progress = await progressOn(io.err, 'Verifying');
  let last: VerifyLine | undefined;
  try {
    for await (const told of api.verify()) {
      last = told;
      if ('head' in told) await progress.show(told.position, told.head);
    }
  } finally {
    await progress.end();
  }
  // Cut off in the middle, it says nothing about the rest.
  if (!last || 'head' in last) throw fault('PLATFORM_UNREACHABLE');
  if (json) await jsonLine(io.out, last);
  else await writeOutcome(io, last);
  return 'whole' in last && last.whole ? exit.well : exit.unwell;
};

const writeOutcome = async (
  { out }: Io,
  last: Exclude<VerifyLine, { head: number }>,
): Promise<void> => {
  const { good, bad, dim } = out.paint;
  if ('code' in last) return line(out, `${bad('✖')} ${last.code}  ${last.title}`);
  const position = count(last.position);
  if (last.whole)
    return line(
      out,
      `${good('✔')} The log is whole up to position ${position}.  ${dim(last.hash)}`,
    );
  await line(out, `${bad('✖')} The log is not whole: position ${position} (${last.trouble}).`);
  return line(
    out,
    `  ${dim('Next:')} restore the log from a backup, then run \`innkeeper log restored\`.`,
  );
};
