import { randomUUID } from 'node:crypto';

import type { Command } from 'commander';
import { Option } from 'commander';

import { Fault } from '#libs/kernel';
import type { BackupRunAnswer } from '#libs/routes';

import type { AddCommand, AskedOfPlatform, Binding } from '../../command.js';
import { exit, type ExitCode } from '../../exit.js';
import { writeList } from '../../listing.js';
import { positive } from '../../options.js';
import { jsonLine, line } from '../../terminal/io.js';
import { followRun } from './follow-run.js';
import { runDisplayOn } from './run-display.js';
import { hasSucceeded } from './run-words.js';
import { listHead, listNumbers, listRow, writeEnd, writeRun, writeState } from './writing.js';

export const addBackupRuns: AddCommand = (backup, binding) => {
  addAsking(backup, binding);
  addLooking(backup, binding);
};

const kinds = ['manual', 'daily', 'weekly', 'monthly'] as const;

interface AskingOptions {
  readonly kind?: (typeof kinds)[number];
  readonly key?: string;
  readonly detach: boolean;
}

const asking = (command: Command): Command =>
  command
    .option('--key <key>', 'asked again with the same key, it is the same run')
    .option('--detach', 'do not wait for its end', false);

const addAsking = (backup: Command, { onPlatform }: Binding): void => {
  asking(
    backup
      .command('run')
      .summary('makes a backup and proves it')
      .description(
        'Makes a backup, proves it by a restore, and shows how far it is. It goes on where the platform runs, also after\n' +
          'Ctrl-C. Exit code 0 if it succeeded, warnings or not; 1 if it failed or was refused.',
      )
      .addOption(
        new Option('--kind <kind>', 'how much it checks, like the one of the schedule')
          .choices(kinds)
          .default('manual'),
      ),
  )
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  innkeeper backup run\n' +
        '  innkeeper backup run --kind weekly --key week-47 --detach',
    )
    .action(onPlatform((asked, options: AskingOptions) => ask(asked, options)));
  asking(
    backup
      .command('drill')
      .summary('proves a backup by restoring it')
      .description(
        'Restores a backup into a scratch folder, starts from it what can be started, and compares it with what was\n' +
          'saved. Nothing that lives is touched. Without an id it takes the newest good backup.',
      )
      .argument('[run]', 'as `backup list` shows it'),
  ).action(
    onPlatform((asked, of: string | undefined, options: AskingOptions) =>
      ask(asked, options, { kind: 'drill', ...(of !== undefined && { of }) }),
    ),
  );
  asking(
    backup
      .command('prune')
      .summary('does the weekly work now: what is too old goes')
      .description(
        'Makes a weekly backup now: it saves, removes what retention no longer keeps, and gives the room back. What would\n' +
          'go is shown by `backup retention --preview`.',
      ),
  ).action(onPlatform((asked, options: AskingOptions) => ask(asked, options, { kind: 'weekly' })));
};

const addLooking = (backup: Command, { onPlatform }: Binding): void => {
  backup
    .command('list')
    .summary('runs, the newest first')
    .description(
      'Lists the runs of backups, the newest first, and says whether the backup is good.',
    )
    .option('--limit <n>', 'so many at most', positive)
    .action(onPlatform(list));
  backup
    .command('show')
    .summary('one run: its steps, sources, proof, and why it failed')
    .description(
      'Shows one run: its steps, its sources, its proof; and where it failed, what to do.',
    )
    .argument('<run>', 'as `backup list` shows it')
    .action(onPlatform(show));
  backup
    .command('watch')
    .summary('follows a run to its end')
    .description(
      'Follows a run to its end. With --json each state of it is a line. Exit codes as of `backup run`.',
    )
    .argument('<run>', 'as `backup list` shows it')
    .action(onPlatform(watch));
  backup
    .command('state')
    .summary('says whether the backup is good')
    .description(
      'Says whether the backup is good, and what is wrong. Exit code 1 unless it is good.',
    )
    .action(onPlatform(state));
};

const ask = async (
  asked: AskedOfPlatform,
  { kind, key = randomUUID(), detach }: AskingOptions,
  body: Parameters<AskedOfPlatform['api']['askBackup']>[0] = { kind },
): Promise<ExitCode> => {
  const { api, io, json } = asked;
  const run = await api.askBackup(body, key);
  if (!detach) return wait(asked, run.id, false);
  if (json) await jsonLine(io.out, run);
  else {
    await line(io.out, run.id);
    await line(io.err, io.err.paint.dim(`Next: innkeeper backup watch ${run.id}`));
  }
  return exit.well;
};

const watch = (asked: AskedOfPlatform, id: string): Promise<ExitCode> => wait(asked, id, true);

/** To the end of a run. Who leaves before that does not know whether it is well. */
const wait = async (
  { api, io, json, outside }: AskedOfPlatform,
  id: string,
  eachState: boolean,
): Promise<ExitCode> => {
  const display = json ? undefined : runDisplayOn(io.err, outside.now);
  const onState = async (run: BackupRunAnswer): Promise<void> => {
    if (json && eachState) await jsonLine(io.out, run);
    await display?.show(run);
  };
  const { interrupted } = io;
  let run: BackupRunAnswer | undefined;
  try {
    run = await followRun({
      ...{ onState, interrupted },
      events: (signal) => api.watchBackup(id, signal),
    });
    if (run) await display?.show(run);
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.kind === 'unavailable') {
      await display?.end();
      await line(io.err, `The backup may go on. Later: innkeeper backup watch ${id}`);
    }
    throw thrown;
  }
  await display?.end();
  if (!run) {
    await line(io.err, `The backup goes on. To see it again: innkeeper backup watch ${id}`);
    return exit.unwell;
  }
  if (json) await jsonLine(io.out, run);
  else await writeEnd(io.out, run);
  return isWell(run) ? exit.well : exit.unwell;
};

const isWell = (run: BackupRunAnswer): boolean => hasSucceeded(run) && run.drill?.verdict !== 'bad';

const list = async (
  { api, io, json, outside }: AskedOfPlatform,
  { limit }: { readonly limit?: number },
): Promise<ExitCode> => {
  await writeList(
    { io, json },
    {
      pages: api.backups,
      limit,
      head: listHead,
      row: listRow(outside.now),
      right: listNumbers,
      none: 'Nothing was backed up yet: innkeeper backup run',
    },
  );
  if (!json) await writeState(io.err, await api.backupState());
  return exit.well;
};

const show = async ({ api, io, json, outside }: AskedOfPlatform, id: string): Promise<ExitCode> => {
  const run = await api.backup(id);
  if (json) await jsonLine(io.out, run);
  else await writeRun(io.out, run, outside.now());
  return run.endedAt === null || isWell(run) ? exit.well : exit.unwell;
};

const state = async ({ api, io, json }: AskedOfPlatform): Promise<ExitCode> => {
  const answer = await api.backupState();
  if (json) await jsonLine(io.out, answer);
  else await writeState(io.out, answer);
  return answer.verdict === 'good' ? exit.well : exit.unwell;
};
