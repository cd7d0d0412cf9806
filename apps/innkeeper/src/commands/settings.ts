import type { AddCommand, CommandCall } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import { jsonLine, line } from '../terminal/io.js';
import { writeTable } from '../terminal/table.js';

export const addSettings: AddCommand = (program, { local }) =>
  program
    .command('settings')
    .summary('what is set, and from where')
    .description(
      'Shows every setting of the running platform, with secrets as [secret]. If none runs, it shows what a start here would\n' +
        'use. Each can also be given as a file: <NAME>_FILE.',
    )
    .action(local(settings));

const settings = async ({ outside, io, json, to }: CommandCall): Promise<ExitCode> => {
  const running = await outside.running(to);
  const items = running ? (await running.settings()).items : await outside.settings();
  if (json) {
    await jsonLine(io.out, { items });
    return exit.well;
  }
  const { dim } = io.out.paint;
  await line(
    io.err,
    io.err.paint.dim(
      running ? 'Of the running platform.' : 'Nothing runs: what a start would use.',
    ),
  );
  await writeTable(
    io.out,
    ['setting', 'from', 'value'],
    items.map(({ name, value, origin }) => [name, origin, value || dim('–')]),
  );
  return exit.well;
};
