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
    .summary('build records or the search index again, beside the live ones')
    .description(
      'catalog folds the whole log again beside the live records while traffic runs, and compares both by checksum at\n' +
        'one position. Exit code 1 with a list if they differ and the new ones were not accepted.\n' +
        'knowledge indexes all records again beside the live search index. What is rebuilt is always right: exit code 1\n' +
        'with a list says that the live index was not.',
    )
    .addArgument(
      new Argument('<projection>', 'what to build again').choices(['catalog', 'knowledge']),
    )
    .option('--switch', 'make the new ones the live ones if they are equal', false)
    .option('--accept-changes', 'with --switch: also if they differ (catalog)', false)
    .option('--cancel', 'end what is being rebuilt, and keep the live one (knowledge)', false)
    .action(onPlatform(rebuild));

const LOOK_MS = 200;

const rebuild = async (
  { api, io, json }: AskedOfPlatform,
  projection: string,
  { cancel, ...options }: AskedRebuilding & { readonly cancel: boolean },
): Promise<ExitCode> => {
  if (cancel) return cancelAll({ api, io, json }, projection);
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
  else await writeResult(io, request, projection);
  return request.state === 'equal' || request.state === 'switched' ? exit.well : exit.unwell;
};

const cancelAll = async (
  { api, io, json }: Pick<AskedOfPlatform, 'api' | 'io' | 'json'>,
  projection: string,
): Promise<ExitCode> => {
  const answer = await api.cancelRebuilds(projection);
  if (json) await jsonLine(io.out, answer);
  else await line(io.out, `${counted(answer.cancelled, 'rebuild')} cancelled.`);
  return exit.well;
};

const writeResult = async (
  io: Io,
  { state, code, result }: RebuildAnswer,
  projection: string,
): Promise<void> => {
  const { good, bad, dim } = io.out.paint;
  if (state === 'cancelled') {
    await line(io.out, `${bad('✖')} The rebuild was cancelled. The live index stays.`);
    return;
  }
  if (!result) {
    await line(io.out, `${bad('✖')} The rebuild failed: ${code ?? 'DEFECT_UNKNOWN'}.`);
    return;
  }
  const { checksums, records, differences, differing } = result.comparison;
  const mark = state === 'different' ? bad('✖') : good('✔');
  const word = differences === 0 ? 'equal' : `${count(differences)} differ`;
  const where = projection === 'catalog' ? ` at position ${count(result.position)}` : '';
  await line(io.out, `${mark} ${counted(records, 'record')}${where}: ${word}.`);
  await line(io.out, `  ${dim('live   ')} ${checksums.live}`);
  await line(io.out, `  ${dim('rebuilt')} ${checksums.rebuilt}`);
  for (const { kind, id } of differing) await line(io.out, `  ${kind}/${id}`);
  const things = projection === 'catalog' ? 'records' : 'passages';
  if (state === 'switched') await line(io.out, `  The new ${things} are the live ones now.`);
  if (state === 'different') await line(io.out, `  ${dim('Next:')} ${nextSteps[projection] ?? ''}`);
};

const nextSteps: Readonly<Record<string, string>> = {
  catalog:
    'look at these records. If the new ones are right: innkeeper rebuild catalog --switch --accept-changes',
  knowledge:
    'the live index does not say what these records say: innkeeper rebuild knowledge --switch',
};
