import { Command } from 'commander';

import type { AddCommand, CommandCall, Binding, Shared } from './command.js';
import { addAsk } from './commands/ask.js';
import { addBackup } from './commands/backup/backup.js';
import { addBus } from './commands/bus.js';
import { addCapture } from './commands/capture.js';
import { addChat } from './commands/chat.js';
import { addDead } from './commands/dead.js';
import { addDeliveries } from './commands/deliveries.js';
import { addDoctor } from './commands/doctor.js';
import { addErase } from './commands/erase.js';
import { addEval } from './commands/eval.js';
import { addFacts } from './commands/facts.js';
import { addLink } from './commands/link.js';
import { addLog } from './commands/log.js';
import { addModel } from './commands/model.js';
import { addNotes } from './commands/notes.js';
import { addQuarantine } from './commands/quarantine.js';
import { addRatings } from './commands/ratings.js';
import { addRebuild } from './commands/rebuild.js';
import { addRecords } from './commands/records.js';
import { addSearch } from './commands/search.js';
import { addSend } from './commands/send.js';
import { addSettings } from './commands/settings.js';
import { addSources } from './commands/sources.js';
import { addStart } from './commands/start.js';
import { addSync } from './commands/sync.js';
import { addToken } from './commands/token.js';
import { addTrace } from './commands/trace.js';
import { addVerify } from './commands/verify.js';
import type { ExitCode } from './exit.js';
import type { Outside } from './outside.js';

/** By what people want, in the order in which they meet it. */
const groups: readonly (readonly [title: string, commands: readonly AddCommand[]])[] = [
  ['Start and try:', [addStart, addSend, addNotes, addToken, addSettings]],
  ['Ask:', [addAsk, addSearch]],
  [
    'Look:',
    [
      addRecords,
      addLink,
      addTrace,
      addFacts,
      addDeliveries,
      addSources,
      addSync,
      addCapture,
      addBackup,
      addChat,
      addDoctor,
    ],
  ],
  ['Repair:', [addQuarantine, addDead, addRebuild, addVerify]],
  ['Seldom:', [addModel, addEval, addRatings, addErase, addLog, addBus]],
];

const EXIT_CODES = `
Exit codes: 0 well; 1 the thing asked about is not well; 2 wrong usage or settings; 3 it cannot be reached.
It finds the platform by the data directory (INNKEEPER_DATA_DIR, else ./data), or by --to and INNKEEPER_TOKEN.`;

/** All commands. What each answers to the shell is handed to `done`. */
export const innkeeperProgram = (outside: Outside, done: (code: ExitCode) => void): Command => {
  const program = new Command('innkeeper')
    .description('Remembers everything a hospitality company is told, and answers from it.')
    .option('--json', 'one JSON document, or JSON lines')
    .option('--to <url>', 'the platform at this address, with INNKEEPER_TOKEN')
    .addHelpText('after', EXIT_CODES)
    .configureHelp({ showGlobalOptions: true })
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void outside.io.out.write(text),
      writeErr: (text) => void outside.io.err.write(text),
      getOutHelpWidth: () => Math.min(outside.io.out.width, HELP_WIDTH),
      getErrHelpWidth: () => Math.min(outside.io.err.width, HELP_WIDTH),
    });
  const binding = bind(outside, done);
  for (const [title, commands] of groups) {
    program.commandsGroup(title);
    for (const add of commands) add(program, binding);
  }
  return program;
};

const HELP_WIDTH = 110;

const bind = (outside: Outside, done: (code: ExitCode) => void): Binding => {
  const askedOf = (command: Command): CommandCall => {
    const { json = false, to } = command.optsWithGlobals<Partial<Shared>>();
    return { io: outside.io, outside, json, to };
  };
  const commandIn = (args: readonly unknown[]): Command => args.at(-1) as Command;
  return {
    local:
      (run) =>
      async (...args) => {
        const command = commandIn(args);
        done(await run(askedOf(command), ...withoutCommand(args)));
      },
    onPlatform:
      (run) =>
      async (...args) => {
        const asked = askedOf(commandIn(args));
        const api = await outside.platform(asked.to);
        done(await run({ ...asked, api }, ...withoutCommand(args)));
      },
  };
};

const withoutCommand = <A extends readonly unknown[]>(args: [...A, Command]): A =>
  args.slice(0, -1) as unknown as A;
