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
        'A viewer reads; an operator also repairs and sees personal data in facts; an admin also erases and sees raw bytes.\n' +
        'With a subject it also reads what that person’s rooms and groups may read, as the directory says at each question.',
    )
    .addOption(
      new Option('--role <role>', 'what it may do')
        .choices(['viewer', 'operator', 'admin'])
        .default('viewer'),
    )
    .option('--subject <person>', 'for whom, as INNKEEPER_DIRECTORY names them')
    .addHelpText(
      'after',
      '\nExample:\n' +
        '  curl -H "Authorization: Bearer $(npx innkeeper token)" http://127.0.0.1:3000/api/records/call\n' +
        '  innkeeper token --subject anna     for Anna, who is in the group finance',
    )
    .action(local(token));

const token = async (
  { outside, io, json }: CommandCall,
  { role, subject }: { readonly role: OperatorRole; readonly subject?: string },
): Promise<ExitCode> => {
  const text = await outside.token(role, subject);
  if (json)
    await jsonLine(io.out, { token: text, role, ...(subject !== undefined && { subject }) });
  else await line(io.out, text);
  return exit.well;
};
