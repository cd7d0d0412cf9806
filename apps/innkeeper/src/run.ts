import { codes, Fault } from '#libs/kernel';
import { CommanderError } from 'commander';

import { exit, exitOfKind, UsageError, type ExitCode } from './exit.js';
import type { Outside } from './outside.js';
import { innkeeperProgram } from './program.js';
import { line, type Sink } from './terminal/io.js';

/** The whole command line but the process: from its words to its exit code. */
export const runCommandLine = async (
  words: readonly string[],
  outside: Outside,
): Promise<ExitCode> => {
  let code: ExitCode = exit.well;
  const program = innkeeperProgram(outside, (outcome) => (code = outcome));
  if (words.length === 0) {
    program.outputHelp({ error: true });
    return exit.usage;
  }
  try {
    await program.parseAsync([...words], { from: 'user' });
    return code;
  } catch (error) {
    return exitAfter(error, outside.io.err);
  }
};

const exitAfter = async (error: unknown, err: Sink): Promise<ExitCode> => {
  if (error instanceof CommanderError) {
    // Help that was asked for.
    if (error.exitCode === 0) return exit.well;
    if (error.code === 'commander.unknownCommand')
      await line(err, 'npx innkeeper --help lists every command.');
    return exit.usage;
  }
  if (error instanceof UsageError) {
    await writeTrouble(err, error.message, error.next);
    return exit.usage;
  }
  const known = error instanceof Fault ? error : undefined;
  if (!known) throw error;
  await writeFault(err, known);
  return exitOfKind(known.kind);
};

const writeFault = async (err: Sink, fault: Fault): Promise<void> => {
  // Wrong settings come with a line for each.
  const lines = 'lines' in fault && Array.isArray(fault.lines) ? (fault.lines as string[]) : [];
  for (const text of lines) await line(err, text);
  await writeTrouble(err, fault.message, codes[fault.code].remedy, fault.code);
};

const writeTrouble = async (
  err: Sink,
  message: string,
  next: string,
  code?: string,
): Promise<void> => {
  const { bad, strong, dim } = err.paint;
  await line(err, [bad('✖'), ...(code ? [strong(code)] : []), message].join(' '));
  await line(err, `  ${dim('Next:')} ${next}`);
};
