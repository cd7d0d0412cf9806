import { processOutside } from './process-outside.js';
import { runCommandLine } from './run.js';
import { processIo } from './terminal/process-io.js';

const code = await runCommandLine(
  process.argv.slice(2),
  processOutside(process.env, processIo(process.env)),
);
// A start has said already how it ended, or goes on.
process.exitCode ??= code;
