import { Option } from 'commander';

import type { AddCommand, CommandCall } from '../../command.js';
import { exit, UsageError, type ExitCode } from '../../exit.js';
import { knownPassphrase } from '../../kit/passphrase.js';
import type { OpenedRestoring } from '../../restoring/open-restoring.js';
import { line } from '../../terminal/io.js';
import { chooseWanted } from './restore-choice.js';
import { restoreDisplayOn } from './restore-display.js';
import type { RestoreOptions } from './restore-options.js';
import { bringBack, type RestoreCall } from './restore-work.js';

export const addBackupRestore: AddCommand = (backup, { local }) => {
  backup
    .command('restore')
    .summary('brings back everything, a source, a collection or a path')
    .description(
      'Brings a backup back into a folder that is empty or not there yet, never over what lives. Without more it brings\n' +
        'back everything: the data of one run with the newest keys, ready for a start. It needs restic, the repositories,\n' +
        'and either the recovery kit or the settings of this machine; it needs no platform.\n' +
        'What came back is compared with what was saved. Exit code 1 if it differs.',
    )
    .argument('[run]', 'which backup: its id, or how that begins; else the newest that is complete')
    .option('--to <folder>', 'where to')
    .option('--as-of <day>', 'the newest of that day or before, as 2026-11-30')
    .option('--source <name>', 'only this source, as `backup show` names it')
    .option('--path <path>', 'with --source: only what lies there')
    .option('--collection <name>', 'only this one of MongoDB, as database.collection')
    .option(
      '--into <database>',
      'with --collection: write it into a new database beside the live one',
    )
    .option('--kit <file>', 'the recovery kit; its passphrase is asked for')
    .option('--passphrase-file <file>', 'take the passphrase of the kit from here')
    .option(
      '--repository <place>',
      'where the data lies now: a folder, or s3:https://host/bucket/prefix',
    )
    .option('--password-file <file>', 'a file with the password of that repository')
    .option('--keys-repository <place>', 'where the keys lie now')
    .option('--keys-password-file <file>', 'a file with the password of the keys’ repository')
    .option('--environment <name>', 'whose backups, where a repository has those of several')
    .addOption(new Option('--no-keys', 'leave the keys out; personal data then stays closed'))
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  innkeeper backup restore --kit innkeeper-kit.age --to restored\n' +
        '  innkeeper backup restore --as-of 2026-11-30 --to restored\n' +
        '  innkeeper backup restore --source files --path contracts/2026 --to found\n' +
        '  innkeeper backup restore --collection rocketchat.users --into rocketchat_found',
    )
    .action(local(restore));
};

const restore = async (
  call: CommandCall,
  run: string | undefined,
  given: RestoreOptions,
): Promise<ExitCode> => {
  // Every command takes --to for a platform. What is written after this one means a folder.
  const to = given.to ?? call.to;
  const options = { ...given, ...(to !== undefined && { to }) };
  refuseNonsense(run, options);
  const { interrupted } = call.io;
  const opened = await open(call, options);
  try {
    return await restoreFrom({ call, opened, options, run, signal: interrupted });
  } catch (error) {
    if (!interrupted.aborted) throw error;
    await line(call.io.err, 'Stopped. Nothing was left behind.');
    return exit.unwell;
  } finally {
    await opened.close();
  }
};

const restoreFrom = async ({
  call,
  opened,
  options,
  run,
  signal,
}: Omit<RestoreCall, 'plan' | 'watch'> & {
  readonly run: string | undefined;
  readonly signal: AbortSignal;
}): Promise<ExitCode> => {
  const { io, json, outside } = call;
  const plan = await chooseWanted(call, { opened, options, run, signal });
  if (!plan) return exit.unwell;
  const display = restoreDisplayOn(json ? undefined : io.err, outside.now);
  const watch = { signal, onStage: display.stage, onProgress: display.progress };
  try {
    return await bringBack({ call, opened, options, plan, watch }, display.end);
  } finally {
    await display.end();
  }
};

const refuseNonsense = (run: string | undefined, options: RestoreOptions): void => {
  const { asOf, collection, into, path, source, to } = options;
  const wrong = (what: string, next: string): never => {
    throw new UsageError(what, next);
  };
  if (to === undefined && into === undefined)
    wrong('Nothing says where to.', 'Name an empty folder with --to FOLDER.');
  if (run !== undefined && asOf !== undefined)
    wrong('A run and --as-of exclude each other.', 'Take one of them.');
  if (path !== undefined && (source === undefined || path.replaceAll('/', '') === ''))
    wrong('--path is of a source.', 'Write --source NAME --path PATH.');
  if (path !== undefined && collection !== undefined)
    wrong('--path and --collection exclude each other.', 'Take one of them.');
  if (into !== undefined && collection === undefined)
    wrong('--into is for a collection.', 'Write --collection database.collection --into NAME.');
  if (collection !== undefined && !/^[^.]+(?:\..+)?$/.test(collection))
    wrong(`${collection} is no collection.`, 'Write it as database.collection.');
};

const open = async (
  { outside }: CommandCall,
  { kit: path, keys, passphraseFile, ...said }: RestoreOptions,
): Promise<OpenedRestoring> => {
  const kit =
    path === undefined
      ? undefined
      : await (
          await outside.kits()
        ).open(
          await outside.readFile(path),
          await knownPassphrase(outside, {
            ...(passphraseFile !== undefined && { passphraseFile }),
          }),
        );
  return outside.restoring({ ...said, ...(kit && { kit }), withoutKeys: !keys });
};
