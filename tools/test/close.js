import { notRunLines } from './not-run.js';

/** What was not run and why, then the one line that a script may read. */
export const close = ({ passed, failed, skipped, notRun }) => {
  for (const line of notRunLines(notRun)) process.stderr.write(`${line}\n`);
  process.exitCode = failed > 0 ? 1 : 0;
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
};
