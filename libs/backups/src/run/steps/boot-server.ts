import { asFault, backoffDelay, fault, Secret, toHex, utf8 } from '#libs/kernel';
import type { FleetServer, ServerOrder } from '#libs/ports/server-fleet';

import type { BackupServer } from '../../server/backup-server.js';
import { isOfRun, removeServer, serversOf } from '../../server/removed-server.js';
import {
  changeServer,
  readServerOf,
  writeServer,
  type ReadServer,
} from '../../server/server-documents.js';
import {
  copyOf,
  labelsOfServer,
  readServerLabels,
  serverNameOf,
} from '../../server/server-name.js';
import { MOST_SERVERS } from '../backup-run.js';
import { allowServer } from '../run-target.js';
import {
  done,
  HOUR_MS,
  MINUTE_MS,
  type RunWork,
  type StepEnd,
  type StepOfRun,
} from '../run-work.js';

/** An answer that was lost is asked for again for so long: only this process knows the token that the server was told. */
const ASKED_TIMES = 5;
const ASKED_WAITS = { first: 5_000, most: 20_000 };

/**
 * A server for this run alone. When its time ends is another second for each order, and stands on its label. So who goes
 * on after a crash sees by it whether the server that is there was told the token that the document knows.
 */
export const bootServer: StepOfRun = {
  limitMs: 15 * MINUTE_MS,
  work: async (work) => {
    const { parts, run, signal } = work;
    const { fleet, environment } = serversOf(work);
    const { id } = run();
    const name = await serverNameOf(parts, { environment, run: id });
    const read = await readServerOf(parts, id);
    const found = await fleet.find(name, { signal });
    if (found && !isOfRun(found, { environment, run: id })) throw nameTaken(name);
    if (found && isOrdered(work, read.server, found)) return started(work, found);
    // Of an older copy, or of an order that nobody knows any more.
    if (found || run().server?.id !== undefined) await removeServer(work);
    return ordered(work, name, read);
  },
};

const nameTaken = (name: string) => fault('SERVER_NAME_TAKEN', { details: { server: name } });

/** The one that the document is about, for the copies that there are now. */
const isOrdered = (
  { run }: RunWork,
  told: BackupServer | undefined,
  { labels }: FleetServer,
): boolean => {
  const { server } = run();
  if (!server || server.state === 'gone' || !told) return false;
  const { expiresAt } = server;
  const isSameOrder = told.expiresAt === expiresAt && labelled(labels) === expiresAt;
  return isSameOrder && told.copy === copyOf(run());
};

const labelled = (labels: FleetServer['labels']): number | undefined =>
  readServerLabels(labels)?.expiresAt;

const ordered = async (work: RunWork, name: string, read: ReadServer): Promise<StepEnd> => {
  const { parts, run, hold } = work;
  const { environment, secret, serversPerDay, orderOf } = serversOf(work);
  const { id, server } = run();
  const number = (server?.number ?? 0) + (server?.state === 'wanted' ? 0 : 1);
  if (number > MOST_SERVERS) return { is: 'failed', code: 'BACKUP_SERVER_LOST' };
  await hold();
  if (!(await allowServer(parts, { of: `${id}/${number}`, mostPerDay: serversPerDay })))
    return { is: 'failed', code: 'BACKUP_SERVER_BUDGET_SPENT' };
  const token = new Secret(secret());
  const expiresAt = await wanted(work, { name, number, token, read });
  const labels = labelsOfServer({ environment, run: id, expiresAt });
  await hold();
  const order = orderOf({ run: id, name, labels, token, expiresAt });
  return started(work, await created(work, order));
};

interface WantedServer {
  readonly name: string;
  readonly number: number;
  readonly token: Secret;
  readonly read: ReadServer;
}

/** Before it is ordered, so that a server without a document is nobody's. Answers when its time ends. */
const wanted = async (
  work: RunWork,
  { name, number, token, read }: WantedServer,
): Promise<number> => {
  const { parts, run, note } = work;
  const wantedAt = parts.clock.now();
  const until = Math.ceil((wantedAt + serversOf(work).hoursPerServer * HOUR_MS) / 1000) * 1000;
  const expiresAt = Math.max(until, (read.server?.expiresAt ?? 0) + 1000);
  const { cents } = run().server ?? {};
  await note({
    server: {
      ...{ name, state: 'wanted', number, wantedAt, expiresAt },
      ...(cents !== undefined && { cents }),
    },
  });
  const [digest = new Uint8Array()] = await parts.hash([utf8(token.reveal())]);
  const told = {
    ...{ run: run().id, name, copy: copyOf(run()), tokenSum: toHex(digest), expiresAt },
    ...(read.server?.hasLeft && { hasLeft: true }),
  };
  // Who read an older document is overtaken, and must not make the server unknown that another one orders.
  if (!(await writeServer(parts, told, read.version))) throw fault('BACKUP_ALREADY_RUNS');
  return expiresAt;
};

const created = async (work: RunWork, order: ServerOrder): Promise<FleetServer> => {
  const { parts, signal, hold } = work;
  for (let times = 1; ; times++)
    try {
      await hold();
      return await serversOf(work).fleet.create(order, { signal });
    } catch (thrown) {
      signal.throwIfAborted();
      const { code } = asFault(thrown);
      if (code === 'SERVER_NAME_TAKEN') throw await takenBy(work, order.name);
      if (code !== 'FLEET_UNREACHABLE' || times >= ASKED_TIMES) throw thrown;
      await parts.sleep(backoffDelay(ASKED_WAITS, times), signal);
    }
};

/** An order of somebody who was overtaken has arrived since this one looked. It goes, and this step begins again. */
const takenBy = async (work: RunWork, name: string): Promise<unknown> => {
  const { run, signal } = work;
  const { fleet, environment } = serversOf(work);
  const found = await fleet.find(name, { signal });
  if (found && !isOfRun(found, { environment, run: run().id })) return nameTaken(name);
  await removeServer(work);
  return fault('SERVER_NOT_STARTED');
};

const started = async (work: RunWork, made: FleetServer): Promise<StepEnd> => {
  const { parts, run, note, hold, signal } = work;
  const told = await known(work, made);
  try {
    // One that has called has run: by now it may have done its work, and be off.
    const server = told?.used ? made : await serversOf(work).fleet.ready(made.id, { signal });
    await known(work, server);
    await hold();
    const { server: before } = run();
    if (!before) return done;
    const state = before.state === 'heard' ? 'heard' : 'made';
    await note({ server: { ...before, state, madeAt: before.madeAt ?? parts.clock.now() } });
    return done;
  } catch (thrown) {
    signal.throwIfAborted();
    if (asFault(thrown).code !== 'SERVER_NOT_STARTED') throw thrown;
    await removeServer(work);
    const isLast = (run().server?.number ?? 0) >= MOST_SERVERS;
    if (isLast) return { is: 'failed', code: 'SERVER_NOT_STARTED' };
    throw thrown;
  }
};

/** What the fleet said of it, for those who watch, and for those who answer its calls. */
const known = async (
  { parts, run, note }: RunWork,
  { id, type, location, centsPerHour, addresses }: FleetServer,
): Promise<BackupServer | undefined> => {
  const { server } = run();
  if (!server) return undefined;
  const price = centsPerHour === undefined ? {} : { centsPerHour };
  await note({ server: { ...server, id, type, location, ...price } });
  return changeServer(parts, run().id, (now) =>
    now.expiresAt === server.expiresAt ? { ...now, addresses } : now,
  );
};
