import type { OperatorRole } from '#libs/kernel';
import { Option } from 'commander';

import type { AddCommand, CommandCall } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import { jsonLine, line } from '../terminal/io.js';

export const addToken: AddCommand = (program, { local }) =>
  program
    .command('token')
    .summary('a token of the local issuer, for an hour')
    .description(
      'Signs a token with the key in the data directory (or INNKEEPER_API_SIGNING_KEY) and prints it. It lasts an hour.\n' +
        'A viewer reads; an operator also repairs and sees personal data in facts; an admin also erases and sees raw bytes.',
    )
    .addOption(
      new Option('--role <role>', 'what it may do')
        .choices(['viewer', 'operator', 'admin'])
        .default('viewer'),
    )
    .addHelpText(
      'after',
      '\nExample:\n' +
        '  curl -H "Authorization: Bearer $(npx innkeeper token)" http://127.0.0.1:3000/api/records/call',
    )
    .action(local(token));

const token = async (
  { outside, io, json }: CommandCall,
  { role }: { readonly role: OperatorRole },
): Promise<ExitCode> => {
  const text = await outside.token(role);
  if (json) await jsonLine(io.out, { token: text, role });
  else await line(io.out, text);
  return exit.well;
};
