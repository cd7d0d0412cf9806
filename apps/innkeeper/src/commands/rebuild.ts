import { Argument } from 'commander';
import { setTimeout as sleep } from 'node:timers/promises';

import type { AskedRebuilding, RebuildAnswer } from '#libs/routes';

import type { AddCommand, AskedOfPlatform } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import { jsonLine, line, type Io } from '../terminal/io.js';
import { progressOn } from '../terminal/progress.js';
import { count, counted } from '../terminal/words.js';

export const addRebuild: AddCommand = (program, { onPlatform }) =>
  program
    .command('rebuild')
    .summary('build records again from the log, beside the live ones')
    .description(
      'Folds the whole log again beside the live records while traffic runs, and compares both by checksum at one\n' +
        'position. Exit code 1 with a list if they differ and the new ones were not accepted.',
    )
    .addArgument(new Argument('<projection>', 'what to build again').choices(['catalog']))
    .option('--switch', 'make the new ones the live ones if they are equal', false)
    .option('--accept-changes', 'with --switch: also if they differ', false)
    .action(onPlatform(rebuild));

const LOOK_MS = 200;

const rebuild = async (
  { api, io, json }: AskedOfPlatform,
  projection: string,
  options: AskedRebuilding,
): Promise<ExitCode> => {
  const progress = await progressOn(io.err, 'Rebuilding');
  let request = await api.askRebuild(projection, options);
  try {
    while (request.state === 'asked' || request.state === 'running') {
      await progress.show(request.position, request.head);
      await sleep(LOOK_MS);
      request = await api.rebuild(request.id);
    }
  } finally {
    await progress.end();
  }
  if (json) await jsonLine(io.out, request);
  else await writeResult(io, request);
  return request.state === 'equal' || request.state === 'switched' ? exit.well : exit.unwell;
};

const writeResult = async (io: Io, { state, code, result }: RebuildAnswer): Promise<void> => {
  const { good, bad, dim } = io.out.paint;
  if (!result) {
    await line(io.out, `${bad('✖')} The rebuild failed: ${code ?? 'DEFECT_UNKNOWN'}.`);
    return;
  }
  const { checksums, records, differences, differing } = result.comparison;
  const mark = state === 'different' ? bad('✖') : good('✔');
  const word = differences === 0 ? 'equal' : `${count(differences)} differ`;
  await line(
    io.out,
    `${mark} ${counted(records, 'record')} at position ${count(result.position)}: ${word}.`,
  );
  await line(io.out, `  ${dim('live   ')} ${checksums.live}`);
  await line(io.out, `  ${dim('rebuilt')} ${checksums.rebuilt}`);
  for (const { kind, id } of differing) await line(io.out, `  ${kind}/${id}`);
  if (state === 'switched') await line(io.out, '  The new records are the live ones now.');
  if (state === 'different')
    await line(
      io.out,
      `  ${dim('Next:')} look at these records. If the new ones are right: innkeeper rebuild catalog --switch --accept-changes`,
    );
};
