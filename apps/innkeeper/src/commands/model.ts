import type { AddCommand, CommandCall } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import { jsonLine, line } from '../terminal/io.js';
import { progressOn, type Progress } from '../terminal/progress.js';

export const addModel: AddCommand = (program, { local }) => {
  const model = program
    .command('model')
    .summary('embedding models that run here')
    .description('Fetches embedding models for INNKEEPER_EMBEDDER_KIND=local.');
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
