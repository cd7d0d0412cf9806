import { CLOCKS_APART_MS } from '#libs/kernel';

import { hasEnded, isGood, unnamedIn, type BackupRun } from '../run/backup-run.js';
import type {
  BackupTrouble,
  BackupTroubleCode,
  BackupTroubles,
  GoodBackup,
  ShownDrill,
  WatchedBackups,
} from './backup-troubles.js';
import { repositoryDamage } from './damage.js';
import { serverFigures, serverTroubles } from './server-troubles.js';
import { spokenBytes, spokenTime } from './spoken.js';
import { endOf, unusualSources } from './unusual.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A day, and two hours for a run that takes longer than the one before. */
export const GOOD_WITHIN_MS = 26 * HOUR;
/** A week, and a day for somebody who is away. */
export const DRILL_WITHIN_MS = 8 * DAY;
export const RETENTION_WITHIN_MS = 8 * DAY;
/** A run is taken over within a minute where a process with its role runs. */
export const STUCK_AFTER_MS = HOUR / 4;
/** One says each minute that it is there. A new version of it is up within a few. */
export const GONE_AFTER_MS = HOUR / 4;

/** Of these nobody can say that the backup is good. The others matter, and the backup is there. */
const notGood: ReadonlySet<BackupTroubleCode> = new Set<BackupTroubleCode>([
  'BACKUP_LATE',
  'BACKUP_FAILED',
  'BACKUP_DRILL_FAILED',
  'BACKUP_REPOSITORY_DAMAGED',
  'BACKUP_UNUSUAL',
]);

/** What the runs say, in the order they ended. */
interface Told {
  readonly watched: WatchedBackups;
  readonly ended: readonly BackupRun[];
  readonly good: readonly BackupRun[];
  readonly drills: readonly BackupRun[];
}

/** Answers whether the backup is good. Pure: what is late is late by the time that is handed in. */
export const judgeBackups = (watched: WatchedBackups): BackupTroubles => {
  const told = readRuns(watched);
  const { now } = watched;
  const troubles = [
    ...lateBackup(told),
    ...failedRun(told),
    ...repositoryDamage(told.ended),
    ...failedDrill(told),
    ...unusualSources(told.good, now),
    ...goneOrchestrator(watched),
    ...stuckRuns(watched),
    ...serverTroubles(watched, told.ended),
    ...lateDrill(told),
    ...lateRetention(told),
    ...unnamedSnapshots(told),
    ...standing(told),
  ];
  const good = goodOf(told.good.at(-1), now);
  const drill = drillOf(told.drills.at(-1));
  const provedAt = endOfLast(told.drills.filter(({ drill: seen }) => seen?.verdict === 'good'));
  const last = told.ended.findLast(isBackup);
  const servers = serverFigures(watched);
  return {
    ...answerOf(troubles, good, drill, now),
    troubles,
    ...(good && { good }),
    ...(drill && { drill }),
    ...(provedAt !== undefined && { provedAt }),
    ...(servers && { servers }),
    ...(last && { last: { run: last.id, status: last.status, endedAt: endOf(last) } }),
  };
};

/** A run from the future was dated by a clock that was wrong: it proves nothing about today. */
const readRuns = (watched: WatchedBackups): Told => {
  const ended = watched.runs
    .filter(hasEnded)
    .filter((run) => endOf(run) <= watched.now + CLOCKS_APART_MS)
    .toSorted((a, b) => endOf(a) - endOf(b));
  return {
    watched,
    ended,
    good: ended.filter(isGood),
    drills: ended.filter(({ drill }) => drill !== undefined),
  };
};

const isBackup = ({ kind, status }: BackupRun): boolean => kind !== 'drill' && status !== 'refused';

const endOfLast = (runs: readonly BackupRun[]): number | undefined => {
  const run = runs.at(-1);
  return run && endOf(run);
};

const lateBackup = ({ watched, good }: Told): readonly BackupTrouble[] => {
  const { now, since, isScheduled } = watched;
  const last = endOfLast(good);
  const from = last ?? since;
  if (now - from <= GOOD_WITHIN_MS) return [];
  const what =
    last === undefined
      ? 'There is no good backup at all.'
      : `The newest good backup ended ${spokenTime(now - last)} ago.`;
  const why = isScheduled ? '' : ' None begins by itself: the schedule is off.';
  const late = from + GOOD_WITHIN_MS;
  return [{ code: 'BACKUP_LATE', about: 'backups', says: `${what}${why}`, since: late }];
};

const failedRun = ({ ended }: Told): readonly BackupTrouble[] => {
  const last = ended.findLast(isBackup);
  if (last?.status !== 'failed') return [];
  const cause = last.error ? ` at the step ${last.error.step} (${last.error.code})` : '';
  const says = `The last run, ${last.id}, failed${cause}.`;
  return [{ code: 'BACKUP_FAILED', about: 'backups', says, since: endOf(last) }];
};

const failedDrill = ({ drills }: Told): readonly BackupTrouble[] => {
  const last = drills.at(-1);
  if (last?.drill?.verdict !== 'bad') return [];
  const codes = last.drill.sources.flatMap(({ name, differences }) =>
    differences.map(({ code }) => `${code} in ${name}`),
  );
  const found = codes.length > 0 ? ` (${[...new Set(codes)].join(', ')})` : '';
  const says = `What came back of run ${last.drill.of} is not what was saved${found}.`;
  return [{ code: 'BACKUP_DRILL_FAILED', about: 'backups', says, since: endOf(last) }];
};

/** What was seen in the future was dated by a wrong clock: whose it was is seen again within a minute. */
const goneOrchestrator = ({ orchestrator, now }: WatchedBackups): readonly BackupTrouble[] => {
  if (!orchestrator) return [];
  const { seenAt, since } = orchestrator;
  const isDated = seenAt !== undefined && seenAt <= now + CLOCKS_APART_MS;
  const left = isDated ? seenAt : since;
  if (now - left <= GONE_AFTER_MS) return [];
  const silence = isDated ? `since ${new Date(left).toISOString()}` : 'yet';
  const says = `No process with the role backup-orchestrator was seen ${silence}: nobody makes backups now.`;
  return [{ code: 'BACKUP_ORCHESTRATOR_GONE', about: 'backups', says, since: left }];
};

const stuckRuns = ({ runs, now }: WatchedBackups): readonly BackupTrouble[] =>
  runs
    .filter((run) => !hasEnded(run))
    .flatMap((run) => {
      const left = run.claim?.until ?? run.requestedAt;
      if (now - left <= STUCK_AFTER_MS) return [];
      const ago = spokenTime(now - left);
      const says =
        run.claims === 0
          ? `Run ${run.id} was requested ${ago} ago, and nobody has begun it.`
          : `Run ${run.id} stands at the step ${run.step}; nobody has worked at it for ${ago}.`;
      return [{ code: 'BACKUP_STUCK', about: run.id, says, since: left }];
    });

/** Before the first backup there is nothing to prove and nothing to remove. */
const lateSince = (good: readonly BackupRun[], last: number | undefined): number | undefined =>
  last ?? (good[0] && endOf(good[0]));

const lateDrill = ({ watched: { now }, good, drills }: Told): readonly BackupTrouble[] => {
  const proved = endOfLast(drills.filter(({ drill }) => drill?.verdict === 'good'));
  const from = lateSince(good, proved);
  if (from === undefined || now - from <= DRILL_WITHIN_MS) return [];
  const says =
    proved === undefined
      ? 'No backup was ever proved by a restore.'
      : `The last backup that was proved by a restore was so ${spokenTime(now - proved)} ago.`;
  const since = from + DRILL_WITHIN_MS;
  return [{ code: 'BACKUP_DRILL_LATE', about: 'backups', says, since }];
};

const lateRetention = ({ watched: { now }, ended, good }: Told): readonly BackupTrouble[] => {
  // One that only said what would go has removed nothing.
  const kept = endOfLast(ended.filter(({ retention }) => retention?.removed !== undefined));
  const from = lateSince(good, kept);
  if (from === undefined || now - from <= RETENTION_WITHIN_MS) return [];
  const says =
    kept === undefined
      ? 'No run ever removed old snapshots.'
      : `The last run that removed old snapshots ended ${spokenTime(now - kept)} ago.`;
  const since = from + RETENTION_WITHIN_MS;
  return [{ code: 'BACKUP_RETENTION_LATE', about: 'backups', says, since }];
};

const NAMED = 5;

const unnamedSnapshots = ({ ended }: Told): readonly BackupTrouble[] => {
  const last = ended.findLast(({ retention }) => retention !== undefined);
  const count = last?.retention ? unnamedIn(last.retention) : 0;
  if (!last?.retention || count === 0) return [];
  const ids = last.retention.unnamed.slice(0, NAMED).map((id) => id.slice(0, 8));
  const more = count > NAMED ? ', …' : '';
  const are = count === 1 ? 'snapshot is' : 'snapshots are';
  const says = `${count} ${are} in the repositories that no good run made: ${ids.join(', ')}${more}.`;
  return [{ code: 'BACKUP_SNAPSHOTS_UNNAMED', about: 'backups', says, since: endOf(last) }];
};

/** What is so until a person changes it. Before the first backup there is no repository that it could be said of. */
const standing = ({ watched, good }: Told): readonly BackupTrouble[] => {
  const [first] = good;
  if (!first) return [];
  const since = endOf(first);
  const { kit, onOwnDisk, restic } = watched;
  const kitSays =
    kit === 'missing'
      ? 'There is no recovery kit: with this machine the passwords of the backups would be lost.'
      : 'The recovery kit is older than the passwords, repositories and keys that are used now.';
  return [
    ...onOwnDisk.map((repository) => ({
      ...{ code: 'BACKUP_ON_OWN_DISK' as const, about: repository, since },
      says: `The repository of ${repository} lies on the disk of the data: both go together.`,
    })),
    ...(kit === 'current'
      ? []
      : [{ code: 'BACKUP_KIT_MISSING' as const, about: 'backups', says: kitSays, since }]),
    ...(restic?.isOld
      ? [
          {
            ...{ code: 'BACKUP_RESTIC_OLD' as const, about: 'restic', since },
            says: `restic is ${restic.version}; from 0.17.1 on it tells why it fails, and gives up sooner.`,
          },
        ]
      : []),
  ];
};

const goodOf = (run: BackupRun | undefined, now: number): GoodBackup | undefined => {
  if (!run) return undefined;
  const { id, kind, sources, startedAt, requestedAt } = run;
  const sum = (of: (source: BackupRun['sources'][number]) => number): number =>
    sources.reduce((total, source) => total + of(source), 0);
  const taken = sources.flatMap(({ manifest }) => manifest?.takenAt ?? []);
  return {
    ...{ run: id, kind, endedAt: endOf(run) },
    ageMs: Math.max(0, now - Math.min(...taken, startedAt ?? requestedAt)),
    files: sum(({ files }) => files),
    bytes: sum(({ bytes }) => bytes),
    addedBytes: sum(({ addedBytes }) => addedBytes),
  };
};

const drillOf = (run: BackupRun | undefined): ShownDrill | undefined => {
  if (!run?.drill) return undefined;
  const { of, verdict, rpoMs, rtoMs } = run.drill;
  return { run: run.id, of, verdict, endedAt: endOf(run), rpoMs, rtoMs };
};

const answerOf = (
  troubles: readonly BackupTrouble[],
  good: GoodBackup | undefined,
  drill: ShownDrill | undefined,
  now: number,
): Pick<BackupTroubles, 'verdict' | 'answer'> => {
  const why = troubles.filter(({ code }) => notGood.has(code));
  if (why.length > 0)
    return { verdict: 'not_good', answer: `Not good. ${why.map(({ says }) => says).join(' ')}` };
  if (!good) return { verdict: 'none_yet', answer: 'There is no backup yet.' };
  const saved = `Good. The last backup ended ${spokenTime(now - good.endedAt)} ago, with ${spokenBytes(good.bytes)}.`;
  const proved = drill
    ? ` A restore ${spokenTime(Math.max(0, now - drill.endedAt))} ago brought back what was saved, in ${spokenTime(drill.rtoMs)}.`
    : ' None was proved by a restore yet.';
  const besides = troubles.length;
  const needs = besides === 1 ? 'One thing needs' : `${besides} things need`;
  const rest = besides > 0 ? ` ${needs} a person.` : '';
  return { verdict: 'good', answer: `${saved}${proved}${rest}` };
};
