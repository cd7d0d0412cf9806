import type { AddCommand, CommandCall } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import { jsonLine, line } from '../terminal/io.js';

export const addBus: AddCommand = (program, { local }) => {
  const bus = program
    .command('bus')
    .helpCommand(false)
    .summary('topics and subscriptions')
    .description(
      'Makes and checks topics and subscriptions of the running platform. If none runs, those of the bus that the settings\n' +
        'name. On Google Cloud, Terraform can make them instead.',
    );
  bus
    .command('verify', { isDefault: true })
    .summary('names what is missing')
    .description('Names what is declared but missing. Exit code 1 if anything is missing.')
    .action(local((asked) => busDo(asked, 'verify')));
  bus
    .command('create')
    .summary('makes what is missing')
    .description('Makes what is missing; changes nothing that is there.')
    .action(local((asked) => busDo(asked, 'create')));
};

const busDo = async (asked: CommandCall, what: 'verify' | 'create'): Promise<ExitCode> => {
  const { io, json } = asked;
  const missing = await missingAfter(asked, what);
  if (json) await jsonLine(io.out, { missing });
  else if (missing.length === 0)
    await line(io.out, `${io.out.paint.good('✔')} Every topic and subscription is there.`);
  else {
    for (const name of missing) await line(io.out, `${io.out.paint.bad('✖')} ${name}`);
    await line(io.err, 'Next: npx innkeeper bus create');
  }
  return missing.length === 0 ? exit.well : exit.unwell;
};

/** Needed before anything can start, so it also works without a platform. */
const missingAfter = async (
  { outside, to }: CommandCall,
  what: 'verify' | 'create',
): Promise<readonly string[]> => {
  const running = await outside.running(to);
  if (running)
    return (await (what === 'create' ? running.createOnBus() : running.missingOnBus())).missing;
  const bus = await outside.bus();
  try {
    if (what === 'create') await bus.create();
    return await bus.missing();
  } finally {
    await bus.close();
  }
};
