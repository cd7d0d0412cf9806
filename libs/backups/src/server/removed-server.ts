import { fault } from '#libs/kernel';
import type { FleetServer } from '#libs/ports/server-fleet';

import type { BackupRun, RunServer } from '../run/backup-run.js';
import { HOUR_MS, type RunWork } from '../run/run-work.js';
import { readServerLabels } from './server-name.js';
import type { ServersParts } from './servers-parts.js';

/** A process without them has nothing to do with such a step. */
export const serversOf = ({ parts }: Pick<RunWork, 'parts'>): ServersParts => {
  if (!parts.servers) throw fault('DEFECT_UNKNOWN', { details: { reason: 'no_servers' } });
  return parts.servers;
};

/** A name alone says nothing: somebody else may have given it. */
export const isOfRun = (
  { labels }: Pick<FleetServer, 'labels'>,
  { environment, run }: { readonly environment: string; readonly run: BackupRun['id'] },
): boolean => {
  const said = readServerLabels(labels);
  return said?.environment === environment && said.run === run;
};

/** What the servers of a run have cost, this one until now: each hour that has begun counts. */
export const centsUntil = (
  { centsPerHour, cents: before, wantedAt }: RunServer,
  now: number,
): number | undefined => {
  if (centsPerHour === undefined) return before;
  const hours = Math.max(1, Math.ceil((now - wantedAt) / HOUR_MS));
  return Math.round(((before ?? 0) + hours * centsPerHour) * 100) / 100;
};

/** A late order may still arrive while one looks. */
const MOST_LOOKS = 5;

/** Destroys what the run has in the fleet, sees that it is gone, and notes it. Twice is once. */
export const removeServer = async (work: RunWork): Promise<void> => {
  const { parts, run, hold, note } = work;
  const { server } = run();
  if (!server) return;
  const price = await destroyAll(work, server);
  if (server.state === 'gone') return;
  const now = parts.clock.now();
  const priced = price === undefined ? server : { ...server, centsPerHour: price };
  const cents = centsUntil(priced, now);
  await hold();
  await note({
    server: { ...priced, state: 'gone', goneAt: now, ...(cents !== undefined && { cents }) },
  });
};

/** By its id, and by its name: who ordered it may have died before it knew the id. Answers its price, where the fleet said so. */
const destroyAll = async (work: RunWork, server: RunServer): Promise<number | undefined> => {
  const { run, signal, hold } = work;
  const { fleet, environment } = serversOf(work);
  let price = server.centsPerHour;
  let known = server.id;
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const found = await fleet.find(server.name, { signal });
    const ours = found && isOfRun(found, { environment, run: run().id }) ? found : undefined;
    if (!ours && known === undefined) return price;
    price ??= ours?.centsPerHour;
    for (const id of new Set([known, ours?.id])) {
      if (id === undefined) continue;
      await hold();
      await fleet.destroy(id, { signal });
    }
    known = undefined;
  }
  throw fault('FLEET_UNREACHABLE', { details: { reason: 'still_there' } });
};
