import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { MongoClient } from 'mongodb';

import { image, program, type Source } from './find-program.js';
import { HANG_MS } from './hang.js';
import {
  killServer,
  startServer,
  stopServer,
  type LaunchAt,
  type Lifetime,
  type Server,
} from './server.js';

const args = ({ port, folder }: { port: number; folder: string }): string[] => [
  ...['--replSet', 'rs0', '--port', `${port}`, '--dbpath', folder, '--bind_ip', '127.0.0.1'],
  ...['--wiredTigerCacheSizeGB', '0.25', '--oplogSize', '256', '--nounixsocket'],
  ...['--setParameter', 'diagnosticDataCollectionEnabled=false'],
];

export const mongodbSources: readonly Source[] = [
  program('mongod', args),
  image('mongo:6.0', (at) => ['mongod', ...args(at)]),
];

/** Quick elections, but not so quick that a loaded machine holds one by itself. */
const electionSettings = {
  electionTimeoutMillis: 2000,
  heartbeatIntervalMillis: 250,
  heartbeatTimeoutSecs: 2,
};

interface Hello {
  readonly isWritablePrimary?: boolean;
  readonly secondary?: boolean;
}

const direct = async <T>(port: number, ask: (client: MongoClient) => Promise<T>): Promise<T> => {
  const url = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 5000, connectTimeoutMS: 5000 });
  try {
    return await ask(client);
  } finally {
    await client.close();
  }
};

const helloOf = (port: number): Promise<Hello | undefined> =>
  direct(port, (client) => client.db('admin').command({ hello: 1 }) as Promise<Hello>).catch(
    () => undefined,
  );

/** Three mongod on one machine, a real replica set: elections, majority writes, change streams. */
export class MongoReplicaSet {
  constructor(
    private readonly launchAt: LaunchAt,
    private members: readonly Server[],
  ) {}

  /** For the driver; add a database name of your own (`databaseName()`), the set may be shared. */
  get url(): string {
    return `mongodb://${this.ports.map((port) => `127.0.0.1:${port}`).join(',')}/?replicaSet=rs0`;
  }

  get ports(): readonly number[] {
    return this.members.map(({ port }) => port);
  }

  /** Plain data, from which another process of the run takes the set over. */
  get description(): readonly Server[] {
    return this.members;
  }

  async primaryPort(): Promise<number> {
    const deadline = Date.now() + HANG_MS;
    while (Date.now() < deadline) {
      const hellos = await Promise.all(this.ports.map(helloOf));
      const port = this.ports[hellos.findIndex((hello) => hello?.isWritablePrimary)];
      if (port !== undefined) return port;
      await delay(50);
    }
    throw new Error('the replica set has no primary');
  }

  /** kill -9 of the primary; gives its port, for `restart`. Only for a set of one's own. */
  async killPrimary(): Promise<number> {
    const port = await this.primaryPort();
    await killServer(this.member(port));
    return port;
  }

  async kill(port: number): Promise<void> {
    await killServer(this.member(port));
  }

  /** Starts a killed member on its files and waits until it follows again. */
  async restart(port: number): Promise<void> {
    const { folder } = this.member(port);
    const restarted = await startServer('mongodb', this.launchAt, {
      lifetime: 'process',
      port,
      folder,
    });
    this.members = this.members.map((member) => (member.port === port ? restarted : member));
    const deadline = Date.now() + HANG_MS;
    while (Date.now() < deadline) {
      const hello = await helloOf(port);
      if (hello?.secondary || hello?.isWritablePrimary) return;
      await delay(50);
    }
    throw new Error('the restarted member does not follow');
  }

  private member(port: number): Server {
    const member = this.members.find((each) => each.port === port);
    if (!member) throw new Error(`no member of the replica set has port ${port}`);
    return member;
  }

  async stop(): Promise<void> {
    await Promise.all(this.members.map((member) => stopServer(member)));
  }
}

export const startMongodb = async (
  launchAt: LaunchAt,
  lifetime: Lifetime,
): Promise<MongoReplicaSet> => {
  const members = await Promise.all(
    [1, 2, 3].map(() => startServer('mongodb', launchAt, { lifetime })),
  );
  const set = new MongoReplicaSet(launchAt, members);
  await direct(members[0]?.port ?? 0, (client) =>
    client.db('admin').command({
      replSetInitiate: {
        _id: 'rs0',
        settings: electionSettings,
        members: members.map(({ port }, _id) => ({ _id, host: `127.0.0.1:${port}` })),
      },
    }),
  );
  await set.primaryPort();
  await allFollow(set);
  return set;
};

const allFollow = async (set: MongoReplicaSet): Promise<void> => {
  const deadline = Date.now() + HANG_MS;
  while (Date.now() < deadline) {
    const hellos = await Promise.all(set.ports.map(helloOf));
    if (hellos.every((hello) => hello?.isWritablePrimary || hello?.secondary)) return;
    await delay(50);
  }
  throw new Error('not every member of the replica set follows');
};

/** A database name that no other spec of the run uses; MongoDB allows 63 bytes. */
export const databaseName = (): string => `t_${randomUUID().replaceAll('-', '')}`;
