import type { Code } from '#libs/kernel';

import { hasEnded, runSteps, type BackupRun, type RunServer } from '../run/backup-run.js';
import type { StandingServer } from '../server/fleet-look.js';
import type { BackupTrouble, ServerFigures, WatchedBackups } from './backup-troubles.js';
import { spokenTime } from './spoken.js';
import { endOf } from './unusual.js';

/** Two looks at the fleet, and the one that goes on where one of them failed. */
export const LEFT_AFTER_MS = 15 * 60_000;

/** What is wrong with the servers of backups. `ended`: oldest first. */
export const serverTroubles = (
  watched: WatchedBackups,
  ended: readonly BackupRun[],
): readonly BackupTrouble[] => [
  ...leftServers(watched),
  ...unseenFleet(watched),
  ...stuckOnServer(watched),
  ...refusedServer(ended),
];

const sentences: Readonly<Record<NonNullable<StandingServer['left']>['why'], string>> = {
  run_ended: 'its run has ended',
  overdue: 'its time is over',
  protected: 'somebody protected it against deletion',
  just_seen: 'nobody knows its run',
  too_many: 'there were too many at once',
  refused: 'it could not be removed',
};

/** By the last look, and by runs whose server nobody saw go: also where no look has come since. */
const leftServers = ({ fleet, runs, now }: WatchedBackups): readonly BackupTrouble[] => {
  const found = new Map<string, BackupTrouble>();
  for (const { name, run, left } of fleet?.standing ?? []) {
    if (!left || (left.why !== 'protected' && now - left.since <= LEFT_AFTER_MS)) continue;
    const says = `The server ${name} stands though no backup needs it: ${sentences[left.why]}.`;
    found.set(run, { code: 'BACKUP_SERVER_LEFT', about: run, says, since: left.since });
  }
  for (const run of runs) {
    const { server } = run;
    if (!server || !stands(server) || !hasEnded(run) || found.has(run.id)) continue;
    const since = endOf(run);
    if (now - since <= LEFT_AFTER_MS) continue;
    const says = `The server ${server.name} may stand: its run has ended, and nobody saw it go.`;
    found.set(run.id, { code: 'BACKUP_SERVER_LEFT', about: run.id, says, since });
  }
  return [...found.values()];
};

const stands = ({ state }: RunServer): boolean => state === 'made' || state === 'heard';

/** So long it is said of a fleet that nobody has looked at since: somebody may use another one by then. */
const SAID_FOR_MS = 7 * 86_400_000;

/** Servers that nobody looks at cost money until somebody does. */
const unseenFleet = ({ fleet, now }: WatchedBackups): readonly BackupTrouble[] => {
  if (!fleet || fleet.standing.length === 0) return [];
  if (now - fleet.at <= 2 * LEFT_AFTER_MS || now - fleet.at > SAID_FOR_MS) return [];
  const count = fleet.standing.length;
  const says = `Nobody has looked at the servers of backups for ${spokenTime(now - fleet.at)}. Then there ${count === 1 ? 'was one' : `were ${count}`}.`;
  return [{ code: 'BACKUP_SERVER_LEFT', about: 'backups', says, since: fleet.at }];
};

/** Each of them says why the server of a run did not do its work. */
const lost: ReadonlySet<Code> = new Set<Code>([
  'BACKUP_SERVER_LOST',
  'BACKUP_SERVER_OVERDUE',
  'BACKUP_SERVER_SILENT',
]);

/** A run that somebody works at, whose server should have ended by now. */
const stuckOnServer = ({ runs, now }: WatchedBackups): readonly BackupTrouble[] =>
  runs
    .filter((run) => !hasEnded(run) && isBeforeDestroy(run))
    .flatMap(({ id, step, server }) => {
      if (!server || !stands(server) || now - server.expiresAt <= LEFT_AFTER_MS) return [];
      const late = spokenTime(now - server.expiresAt);
      const says = `Run ${id} is still at the step ${step}, and the time of its server has been over for ${late}.`;
      return [{ code: 'BACKUP_RUN_STUCK' as const, about: id, says, since: server.expiresAt }];
    });

const isBeforeDestroy = ({ step }: BackupRun): boolean =>
  runSteps.indexOf(step) <= runSteps.indexOf('destroy');

/** A person changes something before a server can be had again. */
const refusals: ReadonlySet<Code> = new Set<Code>([
  'BACKUP_SERVER_BUDGET_SPENT',
  'FLEET_ACCESS_DENIED',
  'SERVER_LIMIT_REACHED',
  'SERVER_NAME_TAKEN',
  'SERVER_REFUSED',
  'SERVER_SOLD_OUT',
]);

/** Why the last run got no server, or nothing from it. That it failed is another trouble, which wakes somebody. */
const refusedServer = (ended: readonly BackupRun[]): readonly BackupTrouble[] => {
  const last = ended.findLast(({ status }) => status !== 'refused');
  if (last?.status !== 'failed' || !last.error) return [];
  const { code: cause } = last.error;
  const trouble = (code: BackupTrouble['code'], why: string): readonly BackupTrouble[] => [
    { code, about: 'backups', says: `Run ${last.id} ${why} (${cause}).`, since: endOf(last) },
  ];
  if (cause === 'SERVER_IMAGE_MISSING')
    return trouble('BACKUP_IMAGE_MISSING', 'found no image to start its server from');
  if (refusals.has(cause)) return trouble('BACKUP_FLEET_REFUSED', 'got no server');
  return lost.has(cause) ? trouble('BACKUP_RUN_STUCK', 'got nothing from its server') : [];
};

export const serverFigures = ({ fleet, runs }: WatchedBackups): ServerFigures | undefined => {
  const had = runs
    .filter(({ server }) => server !== undefined)
    .toSorted((a, b) => b.requestedAt - a.requestedAt);
  const [newest] = had;
  if (!fleet && !newest) return undefined;
  const { madeAt, goneAt } = newest?.server ?? {};
  const standing = fleet?.standing ?? [];
  return {
    standing: standing.length,
    left: standing.filter(({ left }) => left !== undefined).length,
    ...(madeAt !== undefined && goneAt !== undefined && { livedMs: Math.max(0, goneAt - madeAt) }),
    cents: had.reduce((sum, { server }) => sum + (server?.cents ?? 0), 0),
  };
};
