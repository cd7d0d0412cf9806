import type { AddCommand, AskedOfPlatform } from '../../command.js';
import { exit, type ExitCode } from '../../exit.js';
import { jsonLine, line } from '../../terminal/io.js';
import { counted } from '../../terminal/words.js';

export const addBackupAdopt: AddCommand = (backup, { onPlatform }) => {
  backup
    .command('adopt')
    .summary('after a restore: knows the backups of before again')
    .description(
      'Takes the runs of before back from the log that was restored, so that their snapshots count, and go when they\n' +
        'are too old. It writes nothing to a repository, and may be run again.',
    )
    .action(onPlatform(adopt));
};

const adopt = async ({ api, io: { out, err }, json }: AskedOfPlatform): Promise<ExitCode> => {
  const answer = await api.adoptBackups();
  if (json) {
    await jsonLine(out, answer);
    return exit.well;
  }
  const { adopted, unnamed } = answer;
  await line(out, `${out.paint.good('✔')} ${counted(adopted.length, 'run')} taken from the log.`);
  for (const { repository, id, time } of unnamed)
    await line(out, `${out.paint.waiting('!')} ${id.slice(0, 8)} in ${repository}, of ${time}`);
  if (unnamed.length === 0) return exit.well;
  await line(
    err,
    `${counted(unnamed.length, 'snapshot')} of no run that the log knows to be good.`,
  );
  await line(err, err.paint.dim('Next: docs/runbooks/backup-snapshots-unnamed.md'));
  return exit.well;
};
