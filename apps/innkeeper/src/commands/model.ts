import type { UseShown } from '#libs/routes';

import type { AddCommand, AskedOfPlatform, CommandCall } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import { jsonLine, line } from '../terminal/io.js';
import { progressOn, type Progress } from '../terminal/progress.js';
import { writeTable } from '../terminal/table.js';

export const addModel: AddCommand = (program, { local, onPlatform }) => {
  const model = program
    .command('model')
    .helpCommand(false)
    .summary('what the language model was used for; embedding models that run here')
    .description(
      'Shows what the language model was used for, and fetches embedding models for INNKEEPER_EMBEDDER_KIND=local.',
    );
  model
    .command('pull')
    .summary('fetches a model into the data directory')
    .description(
      'Fetches a model in ONNX into data/models, with progress. Every file is checked by its digest.\n' +
        'Run again after an interruption, it goes on where it stopped.',
    )
    .argument('<name>', 'as the hub calls it: owner/name')
    .option(
      '--from <place>',
      'an address or a folder with the files and SHA256SUMS, instead of the hub',
    )
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  innkeeper model pull Xenova/multilingual-e5-small\n' +
        '  innkeeper model pull Xenova/multilingual-e5-small --from /media/models/e5',
    )
    .action(local(pull));
  model
    .command('use')
    .summary('what the language model was used for on a day')
    .description(
      'Shows who used how much of the language model on a day, and what is left of each budget. People and rooms stand as\n' +
        'keyed hashes: with --person a name is hashed, and only that person is shown.',
    )
    .option('--day <day>', 'as 2026-11-30; today where missing')
    .option('--person <name>', 'only this one')
    .addHelpText(
      'after',
      '\nExamples:\n  innkeeper model use --day 2026-11-30\n  innkeeper model use --person anna',
    )
    .action(onPlatform(showUse));
};

const pull = async (
  { outside, io, json }: CommandCall,
  name: string,
  { from }: { readonly from?: string },
): Promise<ExitCode> => {
  let shown: { readonly path: string; readonly progress: Progress } | undefined;
  const onProgress = async (path: string, done: number, of: number): Promise<void> => {
    if (shown?.path !== path) {
      await shown?.progress.end();
      shown = { path, progress: await progressOn(io.err, path) };
    }
    await shown.progress.show(done, of);
  };
  try {
    const pulled = await outside.pullModel({ name, from, onProgress });
    await shown?.progress.end();
    if (json) await jsonLine(io.out, { name, ...pulled });
    else
      await line(
        io.out,
        `${name}: ${pulled.files} files, ${megabytes(pulled.bytes)}, in ${pulled.folder}`,
      );
    return exit.well;
  } catch (error) {
    await shown?.progress.end();
    throw error;
  }
};

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

interface UseOptions {
  readonly day?: string;
  readonly person?: string;
}

const HEAD = ['answers', 'tokens', 'cents', 'answers left', 'tokens left', 'cents left'];
const NUMBERS = HEAD.map((_, i) => i + 1);

const showUse = async (
  { api, io, json }: AskedOfPlatform,
  { day, person }: UseOptions,
): Promise<ExitCode> => {
  const use = await api.modelUse({ day, person });
  if (json) {
    await jsonLine(io.out, use);
    return exit.well;
  }
  const ofAll = person === undefined ? [['everybody', ...cellsOf(use.all)]] : [];
  const people = use.people.map((one) => [shortened(one.person), ...cellsOf(one)]);
  await line(io.out, use.day);
  await writeTable(io.out, ['person', ...HEAD], [...people, ...ofAll], NUMBERS);
  if (use.rooms.length > 0) {
    const rooms = use.rooms.map((one) => [shortened(one.room), ...cellsOf(one)]);
    await writeTable(io.out, ['room', ...HEAD], rooms, NUMBERS);
  }
  return exit.well;
};

/** Enough to tell a company's people apart. */
const HASH_SHOWN = 12;
const shortened = (hash: string): string => hash.slice(0, HASH_SHOWN);

const cellsOf = ({
  answers,
  inputTokens,
  outputTokens,
  cents,
  left,
}: UseShown): readonly string[] => [
  String(answers),
  String(inputTokens + outputTokens),
  cents.toFixed(2),
  left.answers === undefined ? '–' : String(left.answers),
  String(left.tokens),
  left.cents.toFixed(2),
];
