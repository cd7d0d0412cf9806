import { readKeepDuration, type KeepPolicy } from '#libs/backups';
import { InvalidArgumentError, type Command } from 'commander';

const periods = ['hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const;

/** The options of restic's `forget`, by the same names. */
export const addKeepOptions = (command: Command): Command => {
  command.option('--keep-last <n>', 'the newest n', keepCount);
  for (const period of periods)
    command.option(`--keep-${period} <n>`, `the newest of each of n, ${period}`, keepCount);
  command.option('--keep-within <duration>', 'all so recent', keepDuration);
  for (const period of periods)
    command.option(
      `--keep-within-${period} <duration>`,
      `the newest of each so recent, ${period}`,
      keepDuration,
    );
  return command.option(
    '--keep-tag <tags>',
    'all with these tags, separated by commas (repeat for others)',
    (text: string, lists: readonly (readonly string[])[] = []) => [
      ...lists,
      text.split(',').map((tag) => tag.trim()),
    ],
  );
};

type MemberOf<Name extends keyof KeepPolicy> = Exclude<Name, 'tags'>;

/** As commander names what was said. */
export type KeepOptions = {
  readonly [Name in MemberOf<keyof KeepPolicy> as `keep${Capitalize<Name>}`]?: KeepPolicy[Name];
} & { readonly keepTag?: KeepPolicy['tags'] };

/** What was not said is not in it. */
export const policyOf = (options: KeepOptions): KeepPolicy => {
  const members = Object.entries(options)
    .filter(([name]) => name.startsWith('keep'))
    .map(([name, value]): readonly [string, unknown] => [
      name === 'keepTag' ? 'tags' : name.charAt(4).toLowerCase() + name.slice(5),
      value,
    ]);
  return Object.fromEntries(members);
};

const keepCount = (text: string): number => {
  if (text === '-1' || text === 'unlimited') return -1;
  if (!/^\d{1,9}$/.test(text))
    throw new InvalidArgumentError('Expected a whole number from 0 on, or -1 for all.');
  return Number(text);
};

const keepDuration = (text: string): string => {
  if (!readKeepDuration(text))
    throw new InvalidArgumentError('Expected a duration as 1y5m7d2h: years, months, days, hours.');
  return text;
};
