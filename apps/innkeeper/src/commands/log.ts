import type { AddCommand, AskedOfPlatform } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import { jsonLine, line } from '../terminal/io.js';
import { count, counted } from '../terminal/words.js';

export const addLog: AddCommand = (program, { onPlatform }) => {
  const log = program
    .command('log')
    .helpCommand(false)
    .summary('a new era, after the log or the keys came from a backup');
  log
    .command('restored')
    .summary('says that the log or the keys came from a backup')
    .description(
      'Says that the log or the keys were restored from a backup. Carries out erasures again and begins a new era:\n' +
        'positions are used again, readers that had read more start over, and raw deliveries that are still kept are taken in again. Start the roles again afterwards.',
    )
    .action(onPlatform(restored));
};

const restored = async ({ api, io, json }: AskedOfPlatform): Promise<ExitCode> => {
  const answer = await api.logRestored();
  if (json) {
    await jsonLine(io.out, answer);
    return exit.well;
  }
  const { era, position, afresh, erased, republished } = answer;
  const { good, dim } = io.out.paint;
  await line(io.out, `${good('✔')} Era ${era} begins at position ${count(position)}.`);
  await line(io.out, `  Start over: ${afresh.join(', ') || 'none had read more'}.`);
  await line(io.out, `  ${counted(erased, 'stream', 'streams')} erased again.`);
  await line(io.out, `  ${counted(republished, 'raw delivery', 'raw deliveries')} run again.`);
  await line(io.out, `  ${dim('Next:')} start every role again.`);
  return exit.well;
};
