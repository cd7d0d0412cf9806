import { asFault, type Id } from '#libs/kernel';
import type { FleetServer, FleetWatch } from '#libs/ports/server-fleet';

import type { BackupsParts } from '../backups-parts.js';
import { hasEnded, type BackupRun, type RunServer } from '../run/backup-run.js';
import { changeRun, readRun, runsSince } from '../run/run-documents.js';
import { DAY_MS, MINUTE_MS } from '../run/run-work.js';
import type { Backups } from '../run/use-cases.js';
import { withinLimit } from '../run/within-limit.js';
import type { BackupServer } from './backup-server.js';
import { readFleetLook, writeFleetLook, type StandingServer } from './fleet-look.js';
import { judgeServer, type SeenServer, type ServerVerdict } from './judge-server.js';
import type { ReapedServer, ReapReason } from './reaped-servers.js';
import { centsUntil } from './removed-server.js';
import { changeServer, readServerOf } from './server-documents.js';
import { labelsOfEnvironment, readServerLabels, serverNameOf } from './server-name.js';
import type { ServersParts } from './servers-parts.js';

/** What destroys many servers at once is mostly a mistake. The next look goes on. */
const MOST_AT_ONCE = 5;
/** Runs whose server may have gone without anybody's note. */
const LOOKED_BACK_MS = 40 * DAY_MS;
/** A fleet that takes longer to remove its servers must not keep who looks from all else. The next look goes on. */
const LOOKS_FOR_MS = MINUTE_MS;

/** Destroys servers that no run needs. Where a document cannot be read it throws, and nothing was destroyed. */
export const reapServers = (parts: BackupsParts): Backups['reap'] => {
  const { servers, sleep } = parts;
  return async () => {
    if (!servers) return { destroyed: [], left: [] };
    return withinLimit({
      ...{ limitMs: LOOKS_FOR_MS, stopping: new AbortController().signal, sleep },
      work: (signal) => lookAtFleet(parts, servers, { signal }),
    });
  };
};

interface JudgedServer {
  readonly seen: SeenServer;
  readonly verdict: ServerVerdict;
}

const lookAtFleet = async (
  parts: BackupsParts,
  servers: ServersParts,
  watch: FleetWatch,
): ReturnType<Backups['reap']> => {
  const { look, version } = await readFleetLook(parts);
  const before = new Map(look?.standing.map((one) => [one.id, one]));
  // Runs are read after it: one that is listed was known to its run before.
  const listed = await ownServers(parts, servers, watch);
  const judged: JudgedServer[] = [];
  for (const { server, labels } of listed) {
    const seen = {
      ...{ server, labels, now: parts.clock.now(), mark: before.get(server.id)?.overdue },
      run: (await readRun(parts, labels.run))?.run,
      known: (await readServerOf(parts, labels.run)).server,
    };
    judged.push({ seen, verdict: judgeServer(seen) });
  }
  const forgotten = await runsWithoutServer(parts, listed);

  const destroyed: ReapedServer[] = [];
  const standing: StandingServer[] = [];
  let tried = 0;
  for (const { seen, verdict } of judged) {
    const isTried = verdict.is === 'goes' && tried < MOST_AT_ONCE;
    if (isTried) tried += 1;
    const left = isTried ? await destroy(parts, servers, { seen, watch }) : whyLeft(verdict);
    if (isTried && !left) destroyed.push(reapedOf(seen, verdict.why));
    else standing.push(standingOf(seen, verdict, left && sinceOf(before, seen, left)));
  }
  for (const run of forgotten)
    await noteGone(parts, run, { until: run.endedAt ?? run.heartbeatAt });
  await writeFleetLook(parts, { at: parts.clock.now(), standing }, version);
  const left = standing.flatMap(({ name, run, left: is }) =>
    is ? [{ name, run, why: is.why }] : [],
  );
  for (const one of destroyed) parts.notice({ event: 'backup.server_reaped', ...one });
  for (const one of left) parts.notice({ event: 'backup.server_left', ...one });
  return { destroyed, left };
};

/** The fleet may be of several: by all labels of ours, and by the one name that a run gives its server. */
const ownServers = async (
  { hash }: BackupsParts,
  { environment, fleet }: ServersParts,
  watch: FleetWatch,
): Promise<readonly Pick<SeenServer, 'server' | 'labels'>[]> => {
  const found = await fleet.list(labelsOfEnvironment(environment), watch);
  const own: Pick<SeenServer, 'server' | 'labels'>[] = [];
  for (const server of found) {
    const labels = readServerLabels(server.labels);
    if (labels?.environment !== environment) continue;
    const name = await serverNameOf({ hash }, { environment, run: labels.run });
    if (server.name === name) own.push({ server, labels });
  }
  return own;
};

/** Runs that have ended and still name a server, where none stands: it went, and its end was not noted. */
const runsWithoutServer = async (
  parts: BackupsParts,
  listed: readonly Pick<SeenServer, 'labels'>[],
): Promise<readonly BackupRun[]> => {
  const standing = new Set<Id>(listed.map(({ labels }) => labels.run));
  const runs = await runsSince(parts, parts.clock.now() - LOOKED_BACK_MS);
  return runs.filter(
    (run) => hasEnded(run) && run.server && run.server.state !== 'gone' && !standing.has(run.id),
  );
};

/** Why it is still there; nothing once it is gone. */
const destroy = async (
  parts: BackupsParts,
  { fleet }: ServersParts,
  { seen, watch }: { readonly seen: SeenServer; readonly watch: FleetWatch },
): Promise<ReapReason | undefined> => {
  const { server, labels, run } = seen;
  try {
    await fleet.destroy(server.id, watch);
  } catch (thrown) {
    return asFault(thrown).code === 'SERVER_PROTECTED' ? 'protected' : 'refused';
  }
  if (run?.server && isThis(run.server, server, labels))
    await noteGone(parts, run, { until: parts.clock.now(), centsPerHour: server.centsPerHour });
  else await forgetSecrets(parts, labels);
  return undefined;
};

/** A run may have ordered another one since. */
const isThis = (
  { id, expiresAt }: RunServer,
  server: FleetServer,
  labels: SeenServer['labels'],
): boolean => (id === undefined ? isSameSecond(expiresAt, labels.expiresAt) : id === server.id);

const isSameSecond = (one: number, other: number): boolean =>
  Math.floor(one / 1000) === Math.floor(other / 1000);

interface GoneServer {
  /** Until then it cost money. */
  readonly until: number;
  readonly centsPerHour?: number | undefined;
}

/** With what it cost, where that is known. Twice is once. */
const noteGone = async (
  parts: BackupsParts,
  { id, server }: BackupRun,
  { until, centsPerHour }: GoneServer,
): Promise<void> => {
  if (!server) return;
  const price = server.centsPerHour ?? centsPerHour;
  const cents = centsUntil(
    { ...server, ...(price !== undefined && { centsPerHour: price }) },
    until,
  );
  const at = parts.clock.now();
  await changeRun(parts, id, {
    ...{ type: 'note_server_gone', at },
    ...(cents !== undefined && { cents }),
  });
  await forgetSecrets(parts, { run: id, expiresAt: server.expiresAt });
};

/** What it was told opens nothing any more. */
const forgetSecrets = async (
  parts: BackupsParts,
  { run, expiresAt }: Pick<BackupServer, 'run' | 'expiresAt'>,
): Promise<void> => {
  await changeServer(parts, run, (now) => {
    const { used: _, ...known } = now;
    const isOther = !isSameSecond(now.expiresAt, expiresAt);
    return isOther || now.tokenSum === '' ? now : { ...known, tokenSum: '' };
  });
};

const whyLeft = (verdict: ServerVerdict): ReapReason | undefined => {
  if (verdict.is === 'needed') return undefined;
  return verdict.is === 'goes' ? 'too_many' : verdict.why;
};

const sinceOf = (
  before: ReadonlyMap<string, StandingServer>,
  { server, now }: SeenServer,
  why: ReapReason,
): NonNullable<StandingServer['left']> => ({
  why,
  since: before.get(server.id)?.left?.since ?? now,
});

const reapedOf = ({ server, labels }: SeenServer, why: ReapReason): ReapedServer => ({
  ...{ name: server.name, run: labels.run, why },
});

const standingOf = (
  { server, labels, mark }: SeenServer,
  verdict: ServerVerdict,
  left: StandingServer['left'],
): StandingServer => {
  const overdue = (verdict.is !== 'goes' && verdict.mark) || mark;
  const { id, name } = server;
  return {
    ...{ id, name, run: labels.run },
    ...(left && { left }),
    ...(overdue && { overdue }),
  };
};
