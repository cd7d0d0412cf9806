import type { ReapedServersAnswer } from '#libs/routes';

import type { AddCommand, AskedOfPlatform } from '../../command.js';
import { exit, type ExitCode } from '../../exit.js';
import { jsonLine, line } from '../../terminal/io.js';

export const addBackupReap: AddCommand = (backup, { onPlatform }) => {
  backup
    .command('reap')
    .summary('destroys servers that no backup needs any more')
    .description(
      'Destroys servers that were made for backups and that no backup needs any more, five at most, and says which and\n' +
        'why. It happens every five minutes by itself. Servers of others and of other environments are never touched.\n' +
        'Exit code 1 where one is left that should go.',
    )
    .action(onPlatform(reap));
};

const reap = async ({ api, io: { out, err }, json }: AskedOfPlatform): Promise<ExitCode> => {
  const answer = await api.reapBackupServers();
  const code = answer.left.some(({ why }) => why !== 'just_seen') ? exit.unwell : exit.well;
  if (json) {
    await jsonLine(out, answer);
    return code;
  }
  const { destroyed, left } = answer;
  const { good, strong, waiting } = out.paint;
  for (const { name, why } of destroyed)
    await line(out, `${good('✔')} ${strong(name)} is gone: ${reasonOf(why)}.`);
  for (const { name, why } of left)
    await line(out, `${waiting('!')} ${strong(name)} stays: ${reasonOf(why)}.`);
  if (destroyed.length + left.length === 0)
    await line(out, `${good('✔')} No server stands that no backup needs.`);
  if (code === exit.unwell)
    await line(err, err.paint.dim('Next: docs/runbooks/backup-server-left.md'));
  return code;
};

type Reason = ReapedServersAnswer['left'][number]['why'];

const reasons: Readonly<Record<string, string>> = {
  run_ended: 'its backup needs it no more',
  overdue: 'its time is over, which two looks a minute apart must say',
  protected: 'somebody protected it against deletion',
  just_seen: 'it is so new that its backup may not be known yet',
  too_many: 'one look removes five at most',
  refused: 'it could not be removed now, and is tried again',
};

const reasonOf = (why: Reason): string => reasons[why] ?? why;
