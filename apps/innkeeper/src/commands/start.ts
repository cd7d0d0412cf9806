import type { AddCommand, CommandCall } from '../command.js';
import { exit, type ExitCode } from '../exit.js';

export const addStart: AddCommand = (program, { local }) =>
  program
    .command('start')
    .summary('start the platform')
    .description(
      'Starts every role in this process, on embedded parts unless settings choose others.\n' +
        'Ends on Ctrl-C or SIGTERM after it has finished its current work. It is what `npm start` runs.',
    )
    .option('--roles <names>', 'only these roles, separated by commas (INNKEEPER_ROLES)')
    .option(
      '--demo',
      'fill an empty data directory with a demo company: twelve homes, their notes, a year of stays, messages and calls',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  innkeeper start\n  INNKEEPER_DATA_DIR=/tmp/demo innkeeper start --demo\n  INNKEEPER_HTTP_PORT=0 innkeeper start --roles webhook-ingest,api',
    )
    .action(local(start));

/** How it ends is decided later, by a signal or by what went wrong. */
const start = async (
  { outside }: CommandCall,
  { roles, demo = false }: { readonly roles?: string; readonly demo?: boolean },
): Promise<ExitCode> => {
  await outside.start(roles, demo);
  return exit.well;
};
