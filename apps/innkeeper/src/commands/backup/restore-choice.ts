import {
  chooseRestore,
  endOfDay,
  type RestorePlan,
  type RestoreRefusal,
  type SetLack,
} from '#libs/backups';

import type { CommandCall } from '../../command.js';
import { UsageError } from '../../exit.js';
import type { OpenedRestoring } from '../../restoring/open-restoring.js';
import { line, type Sink } from '../../terminal/io.js';
import { ago, counted, time } from '../../terminal/words.js';
import type { RestoreOptions } from './restore-options.js';

interface WantedRestore {
  readonly opened: OpenedRestoring;
  readonly options: RestoreOptions;
  readonly run: string | undefined;
  readonly signal: AbortSignal;
}

/** What comes back; nothing where it was said why nothing does. */
export const chooseWanted = async (
  { io, outside }: CommandCall,
  { opened, options, run, signal }: WantedRestore,
): Promise<RestorePlan | undefined> => {
  const { err } = io;
  const until = untilOf(options.asOf, opened.timeZone);
  const { restic } = opened;
  if (restic.isOld)
    await line(
      err,
      `! restic ${restic.version} is old: 0.17.1 or later says more of what it does.`,
    );
  // One source of data comes back also where the keys cannot be had.
  const keys = wantsKeys(options);
  const lists = await opened.lists({ keys }, signal);
  const source = options.source;
  const answer = chooseRestore(lists, {
    ...(opened.environment !== undefined && { environment: opened.environment }),
    ...(run !== undefined && { run }),
    ...(until !== undefined && { until }),
    ...(source !== undefined && { source }),
  });
  if (answer.chosen) {
    await writePassed(err, answer.plan, outside.now());
    return answer.plan;
  }
  const [what, next] = refusalWords(answer.refusal, opened, options);
  await line(err, `${err.paint.bad('✖')} ${err.paint.strong('BACKUP_NOT_FOUND')} ${what}`);
  await line(err, `  ${err.paint.dim('Next:')} ${next}`);
  return undefined;
};

export const isEverything = ({ collection, path, source }: RestoreOptions): boolean =>
  source === undefined && path === undefined && collection === undefined;

const wantsKeys = (options: RestoreOptions): boolean =>
  isEverything(options) || options.source === 'keys';

const untilOf = (day: string | undefined, timeZone: string): number | undefined => {
  if (day === undefined) return undefined;
  const end = endOfDay(day, timeZone);
  if (end === undefined)
    throw new UsageError(`--as-of ${day} is no day.`, 'Write it as 2026-11-30.');
  return end;
};

export const iso = (at: number): string => new Date(at).toISOString();

const writePassed = async (
  err: Sink,
  { foreign, lack, passedOver, set }: RestorePlan,
  now: number,
): Promise<void> => {
  const mark = err.paint.waiting('!');
  for (const { run, savedAt, why } of passedOver)
    await line(
      err,
      `${mark} ${run} of ${time(iso(savedAt))} is passed over: ${lackWords(why)}. By its id it comes back all the same.`,
    );
  if (lack) await line(err, `${mark} ${set.run} is not complete: ${lackWords(lack)}.`);
  if (foreign > 0)
    await line(err, `${mark} ${counted(foreign, 'snapshot')} of others in there: left alone.`);
  if (set.savedAt > now)
    await line(err, `${mark} By the clock of this machine, this backup is of the future.`);
};

const lackWords = (lack: SetLack): string => {
  switch (lack.lack) {
    case 'log':
      return 'it has no log';
    case 'keys_since':
      return 'no keys were saved after it, so its run did not end well';
    case 'sources':
      return `it lacks ${lack.sources.join(', ')}, so its run did not end well`;
  }
};

const refusalWords = (
  refusal: RestoreRefusal,
  { addresses, environment, timeZone }: OpenedRestoring,
  { asOf, source }: RestoreOptions,
): readonly [what: string, next: string] => {
  const named = 'Name one of them with --environment NAME, or take its recovery kit.';
  switch (refusal.why) {
    case 'no_backups':
      return [
        `No backup of Innkeeper lies in ${addresses[0] ?? ''}${refusal.foreign > 0 ? `, but ${counted(refusal.foreign, 'snapshot')} of others` : ''}.`,
        'Check the address: `--repository` names another one.',
      ];
    case 'other_environment':
      return [
        `No backup of the environment ${environment ?? ''} lies here: there are those of ${refusal.environments.join(', ')}.`,
        named,
      ];
    case 'several_environments':
      return [`Backups of ${refusal.environments.join(', ')} lie here.`, named];
    case 'no_such_run':
      return [
        'No backup here has this id.',
        'Leave the id out for the newest one, or use --as-of.',
      ];
    case 'several_runs':
      return [`Several begin like this: ${refusal.runs.join(', ')}.`, 'Write more of the id.'];
    case 'none_so_early':
      return [
        `No backup is of ${asOf ?? ''} or before (${timeZone}): the oldest is of ${time(iso(refusal.oldest))}.`,
        `Take --as-of ${dayIn(refusal.oldest, timeZone)} or later.`,
      ];
    case 'no_such_source':
      return [
        `No backup has a source ${source ?? ''}.`,
        `Sources: ${refusal.sources.join(', ')}. Keys are the source keys.`,
      ];
  }
};

const dayIn = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit' },
  }).format(at);

export const agoOf = (at: number, now: number): string => ago(iso(at), now);
