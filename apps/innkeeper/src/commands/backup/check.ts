import type { JudgeDepth, RepositoryJudgement } from '#libs/backups';
import { Option } from 'commander';

import type { AddCommand, CommandCall } from '../../command.js';
import { exit, type ExitCode } from '../../exit.js';
import { seconds } from '../../options.js';
import { jsonLine, line, type Io } from '../../terminal/io.js';
import { ago, counted, duration } from '../../terminal/words.js';
import { judgedWords } from './judged-words.js';

const DEPTHS: readonly JudgeDepth[] = ['structure', 'data', 'restore'];
const WITHIN_SECONDS = 3_600;

interface CheckOptions {
  readonly repository: string;
  readonly passwordFile: string;
  readonly depth?: JudgeDepth;
  readonly newestWithin?: number;
  readonly expectHost?: string;
  readonly timeLimit: number;
}

export const addBackupCheck: AddCommand = (backup, { local }) => {
  backup
    .command('check')
    .summary('judges any repository of restic, without writing to it')
    .description(
      'Judges any repository of restic, in a folder or a bucket, and says what is wrong with it. It needs no platform\n' +
        'and no data directory, and never writes to what it judges. Exit code 0 if it is good, else 1; 2 if restic is\n' +
        'not on this machine (INNKEEPER_BACKUP_RESTIC). A bucket is opened with AWS_ACCESS_KEY_ID and\n' +
        'AWS_SECRET_ACCESS_KEY. Without --depth the data is read where it is 2 GiB at most, else the structure alone.',
    )
    .requiredOption('--repository <place>', 'a folder, or s3:https://host/bucket/prefix')
    .requiredOption('--password-file <file>', 'a file with the password of the repository')
    .addOption(
      new Option(
        '--depth <depth>',
        'structure: lists and trees; data: all that is stored; restore: the newest snapshots come back too',
      ).choices([...DEPTHS]),
    )
    .option('--newest-within <duration>', 'the newest snapshot must be younger, as 26h', seconds)
    .option('--expect-host <name>', 'every snapshot must be of this host')
    .option('--time-limit <duration>', 'how long it may take', seconds, WITHIN_SECONDS)
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  innkeeper backup check --repository /mnt/backups/data --password-file ~/backup-password\n' +
        '  innkeeper backup check --repository s3:https://host/bucket/data --password-file ~/backup-password --depth restore',
    )
    .action(local(check));
};

const check = async (
  { outside, io, json }: CommandCall,
  given: CheckOptions,
): Promise<ExitCode> => {
  const { depth, expectHost: host, newestWithin, timeLimit } = given;
  const began = outside.now();
  const { interrupted } = io;
  const opened = await outside.repository(given);
  try {
    const ends = AbortSignal.timeout(timeLimit * 1000);
    const judgement = await opened.judge(
      {
        ...{ depth, host },
        newestWithinMs: newestWithin === undefined ? undefined : newestWithin * 1000,
        watch: { signal: AbortSignal.any([interrupted, ends]) },
      },
      (stage) => line(io.err, io.err.paint.dim(`Looks at: ${stage} …`)),
    );
    if (json) await jsonLine(io.out, judgement);
    else await write(io, judgement, { began, now: outside.now() });
    return judgement.verdict === 'good' ? exit.well : exit.unwell;
  } catch (error) {
    if (!interrupted.aborted) throw error;
    await line(io.err, 'Stopped before the end: there is no verdict.');
    return exit.unwell;
  } finally {
    await opened.close();
  }
};

const write = async (
  { out }: Io,
  { verdict, findings, depth, snapshots, newest }: RepositoryJudgement,
  { began, now }: { readonly began: number; readonly now: number },
): Promise<void> => {
  const { paint } = out;
  for (const { code, detail } of findings) {
    const { means, next } = judgedWords[code];
    await line(out, `${paint.bad('✖')} ${paint.strong(code)}  ${means}`);
    await line(out, `  ${detail}`);
    await line(out, `  ${paint.dim('Next:')} ${next}`);
    await line(out);
  }
  const looked = [
    counted(snapshots, 'snapshot'),
    ...(newest === undefined ? [] : [`the newest ${ago(newest, now)}`]),
    `depth ${depth}`,
    `in ${duration(now - began)}`,
  ].join(', ');
  const said = verdict === 'good' ? paint.good('Good') : paint.bad(verdictWords[verdict]);
  await line(out, `${said}: ${looked}.`);
};

const verdictWords = { bad: 'Bad', unreadable: 'Unreadable' } as const;
