import { planRetention, readSnapshotList, type DatedSnapshot } from '#libs/backups';
import type { BackupRetentionAnswer } from '#libs/routes';

import type { AddCommand, CommandCall } from '../../command.js';
import { exit, UsageError, type ExitCode } from '../../exit.js';
import type { Outside } from '../../outside.js';
import { line } from '../../terminal/io.js';
import { addKeepOptions, policyOf, type KeepOptions } from './keep-options.js';
import { writeRetentionPlan, type ShownRetention } from './retention-plan.js';

export const addBackupRetention: AddCommand = (backup, { local }) =>
  addKeepOptions(
    backup
      .command('retention')
      .summary('which snapshots stay, and why')
      .description(
        'Shows which snapshots the next run would keep and remove, and why. It removes nothing.\n' +
          'With --of it judges a list in the form of `restic snapshots --json`, as restic 0.18 judges it: as one group,\n' +
          'on a machine in UTC. That needs no platform. Exit code 1 if nothing of the list would be kept.',
      )
      .option('--preview', 'show it and remove nothing, as always')
      .option('--of <file>', 'a list of snapshots; - reads it from the input'),
  )
    .addHelpText(
      'after',
      '\nA number of -1 keeps all. A duration such as 1y5m7d2h is counted back from the newest snapshot, by the calendar.\n' +
        'Examples:\n' +
        '  innkeeper backup retention\n' +
        '  restic snapshots --json | innkeeper backup retention --of - --keep-daily 7 --keep-monthly 12',
    )
    .action(local(retention));

interface RetentionOptions extends KeepOptions {
  readonly of?: string;
}

const retention = async (asked: CommandCall, options: RetentionOptions): Promise<ExitCode> => {
  if (options.of !== undefined) return judgeList(asked, options.of, options);
  if (Object.keys(policyOf(options)).length > 0)
    throw new UsageError(
      'The platform keeps snapshots by its settings, not by options.',
      'Leave out --keep-…, or name a list with --of.',
    );
  const { outside, to } = asked;
  const api = await outside.platform(to);
  await writeRetentionPlan(asked, planOfBoth(await api.backupRetention()));
  return exit.well;
};

/** Both repositories in the form that a judged list has, too. */
const planOfBoth = ({ items }: BackupRetentionAnswer): ShownRetention => ({
  keep: items.flatMap(({ repository, keep }) => keep.map((item) => ({ ...item, repository }))),
  remove: items.flatMap(({ repository, remove }) =>
    remove.map((item) => ({ ...item, repository })),
  ),
  unnamed: items.flatMap(({ repository, unnamed }) =>
    unnamed.map((item) => ({ ...item, repository })),
  ),
});

const judgeList = async (
  asked: CommandCall,
  file: string,
  options: KeepOptions,
): Promise<ExitCode> => {
  const { outside, io } = asked;
  const snapshots = await listIn(outside, file);
  const plan = planRetention(snapshots, policyOf(options), outside.now());
  await writeRetentionPlan(asked, plan);
  if (plan.keep.length > 0 || snapshots.length === 0) return exit.well;
  await line(io.err, 'This keeps nothing. Neither restic nor Innkeeper would remove all of them.');
  return exit.unwell;
};

const listIn = async (outside: Outside, file: string): Promise<readonly DatedSnapshot[]> => {
  const bytes = file === '-' ? await outside.readInput() : await outside.readFile(file);
  const reading = readSnapshotList(jsonIn(bytes, file));
  if (reading.problem !== undefined) throw noList(file, reading.problem);
  return reading.snapshots;
};

const jsonIn = (bytes: Uint8Array, file: string): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw noList(file, 'it is no JSON', cause);
  }
};

const noList = (file: string, problem: string, cause?: unknown): UsageError =>
  new UsageError(
    `${file === '-' ? 'The input' : file} is no list of snapshots: ${problem}.`,
    'Make one with `restic snapshots --json`.',
    { cause },
  );
