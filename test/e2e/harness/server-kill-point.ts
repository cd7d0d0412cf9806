import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { BackupRun, BackupsParts, BackupServer } from '#libs/backups';
import type { Parts } from '#libs/platform';
import type { Documents } from '#libs/ports/documents';

import { die, swapping } from './backup-kill-point.js';

/**
 * Of who orders a server: when its document says that there will be one, and when the fleet has made it and nobody knows.
 * Then when it was heard first, and when it is destroyed and nobody knows.
 */
const orderings = ['told', 'ordered', 'heard', 'destroyed'] as const;
/** Of the server: when it fetches the first copy, when it waits for a word, and before its last report is taken. */
const workings = ['pulls', 'waits', 'last_word'] as const;
const victims = ['agent', 'both'] as const;

type WorkingPoint = {
  readonly in: (typeof workings)[number];
  readonly dies: (typeof victims)[number];
};
export type ServerKillPoint = { readonly in: (typeof orderings)[number] } | WorkingPoint;

/** `server.told`, or `agent.pulls`, or `both.pulls`. */
export const readServerKillPoint = (text: string | undefined): ServerKillPoint | undefined => {
  const [who, when] = (text ?? '').split('.');
  const ordering = orderings.find((one) => who === 'server' && one === when);
  if (ordering) return { in: ordering };
  const working = workings.find((one) => one === when);
  const dies = victims.find((one) => one === who);
  return working && dies && { in: working, dies };
};

type KilledParts = Pick<BackupsParts, 'documents' | 'scratch' | 'servers'>;

/** The same parts, and a backup that takes its process with it, or its server, or both. */
export const killingServerAt = (point: ServerKillPoint, parts: Parts, dataDir: string): Parts => {
  const { backups } = parts;
  if (!backups) return parts;
  const changed: KilledParts = backups;
  const deadly = 'dies' in point ? atWork(point, changed, dataDir) : atOrder(point.in, changed);
  return { ...parts, backups: { ...backups, ...deadly } };
};

const atOrder = (
  at: (typeof orderings)[number],
  { documents, servers }: KilledParts,
): Partial<KilledParts> => {
  switch (at) {
    case 'told':
      return {
        documents: swapping(documents, async ({ name }, { body }) => {
          const isOrdered = name === 'backup_servers' && serverIn(body).used === undefined;
          return isOrdered ? die : () => undefined;
        }),
      };
    case 'heard':
      return {
        documents: swapping(documents, async ({ name }, { body }) => {
          const isHeard = name === 'backup_runs' && runIn(body).server?.state === 'heard';
          return isHeard ? die : () => undefined;
        }),
      };
    case 'ordered':
      return dyingAfter('create', servers);
    case 'destroyed':
      return dyingAfter('destroy', servers);
  }
};

const dyingAfter = (
  call: 'create' | 'destroy',
  servers: KilledParts['servers'],
): Partial<KilledParts> => {
  if (!servers) return {};
  const { fleet } = servers;
  const { create, destroy, ...calls } = {
    create: fleet.create.bind(fleet),
    destroy: fleet.destroy.bind(fleet),
    ready: fleet.ready.bind(fleet),
    find: fleet.find.bind(fleet),
    list: fleet.list.bind(fleet),
  };
  const then =
    <A extends unknown[], T>(work: (...args: A) => Promise<T>, isDeadly: boolean) =>
    async (...args: A): Promise<T> => {
      const answer = await work(...args);
      if (isDeadly) die();
      return answer;
    };
  return {
    servers: {
      ...servers,
      fleet: {
        ...calls,
        create: then(create, call === 'create'),
        destroy: then(destroy, call === 'destroy'),
      },
    },
  };
};

const atWork = (
  point: WorkingPoint,
  { documents, scratch }: KilledParts,
  dataDir: string,
): Partial<KilledParts> => {
  let isSpent = false;
  const kill = (): void => {
    isSpent = true;
    for (const pid of agentsIn(dataDir)) process.kill(pid, 'SIGKILL');
    if (point.dies === 'both') die();
  };
  const killAt = (doing: 'wait' | 'done', isHeard: boolean): Documents =>
    swapping(documents, async ({ name }, { body }) => {
      const isNow = name === 'backup_servers' && serverIn(body).report?.doing === doing;
      if (!isNow || isSpent) return () => undefined;
      if (isHeard) return kill;
      kill();
      throw new Error('who said it is dead');
    });
  if (point.in === 'waits') return { documents: killAt('wait', true) };
  if (point.in === 'last_word') return { documents: killAt('done', false) };
  // Who fetches is held until the run follows it, so that it always dies at the same place.
  const follows = Promise.withResolvers<void>();
  return {
    documents: swapping(documents, async ({ name }, { body }) => () => {
      if (name === 'backup_runs' && runIn(body).step === 'save') follows.resolve();
    }),
    scratch: {
      ...{ take: scratch.take.bind(scratch), remove: scratch.remove.bind(scratch) },
      room: scratch.room.bind(scratch),
      leftovers: async () => {
        if (!isSpent && agentsIn(dataDir).length > 0) {
          await follows.promise;
          if (!isSpent) kill();
        }
        return scratch.leftovers();
      },
    },
  };
};

const serverIn = (body: unknown): BackupServer => body as BackupServer;
const runIn = (body: unknown): BackupRun => (body as { readonly run: BackupRun }).run;

/** The servers of this data directory, as their folders say. */
export const agentsIn = (dataDir: string): readonly number[] => {
  const folder = join(dataDir, 'backups/servers');
  return namesIn(folder).flatMap((name) => {
    try {
      const { pid } = JSON.parse(readFileSync(join(folder, name, 'process.json'), 'utf8')) as {
        readonly pid: number;
      };
      return [pid];
    } catch {
      return [];
    }
  });
};

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};
