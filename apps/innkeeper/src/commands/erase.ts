import type { ErasureAnswer } from '#libs/routes';

import type { AddCommand, AskedOfPlatform } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import { jsonLine, line } from '../terminal/io.js';
import { writeErasure, writePlan } from './erase-texts.js';

export const addErase: AddCommand = (program, { onPlatform }) =>
  program
    .command('erase')
    .summary('forget what a stream, a record or a person says about people')
    .description(
      'Destroys the keys of a stream, or of a record and all that is about the same person, and of the deliveries\n' +
        'they came from. It lists first what goes, then asks; without a terminal it needs --yes. What is gone cannot\n' +
        'come back. It takes what is shared with somebody else only with --also. Afterwards it looks whether anything\n' +
        'of the person is left, and exits 1 if so.',
    )
    .argument('<target>', 'a stream (call/aircall.main.4190001001) or a record’s id')
    .option(
      '--also <stream>',
      'also take this stream of the list (repeat for each)',
      (stream: string, all: readonly string[]) => [...all, stream],
      [],
    )
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  innkeeper erase contact/aircall.main.880001      lists what would go, then asks\n' +
        '  innkeeper erase guest/guesty.main.66c2 --also conversation/guesty.main.7 --yes\n' +
        '  innkeeper erase call/aircall.main.4190001001 --yes --json',
    )
    .action(onPlatform(erase));

interface EraseOptions {
  readonly yes?: boolean;
  readonly also?: readonly string[];
}

const erase = async (
  { api, io, json }: AskedOfPlatform,
  target: string,
  { yes = false, also = [] }: EraseOptions,
): Promise<ExitCode> => {
  const plan = await api.erase({ target, also: [...also], confirm: false });
  const told = json ? io.err : io.out;
  await writePlan(told, plan);
  if (!yes && !(await io.confirm('Forget all of this for good?'))) {
    if (json) await jsonLine(io.out, plan);
    await line(io.err, io.interactive ? 'Nothing was erased.' : notAsked);
    return exit.usage;
  }
  const erasure = await api.erase({ target, also: [...also], confirm: true });
  if (json) await jsonLine(io.out, erasure);
  else await writeErasure(io.out, erasure);
  return isLeft(erasure) ? exit.unwell : exit.well;
};

/** What the operator saw in the list and did not ask for is no surprise. */
const isLeft = ({ looked }: ErasureAnswer): boolean =>
  looked?.left.some(({ known }) => !known) ?? false;

const notAsked =
  'Nothing was erased: there is no terminal to ask. Add --yes if this is what you want.';
