import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { MongoClient } from 'mongodb';

import { program, type Source } from './find-program.js';
import { startServer, stopServer, type LaunchAt, type Lifetime, type Server } from './server.js';

/** Members know each other by it; with it a server asks everybody who they are. */
const keyFileIn = (folder: string): string => {
  const file = join(folder, 'members.key');
  if (!existsSync(file)) writeFileSync(file, 'a'.repeat(64), { mode: 0o600 });
  return file;
};

const args = ({ port, folder }: { port: number; folder: string }): string[] => [
  ...['--replSet', 'rs0', '--port', `${port}`, '--dbpath', folder, '--bind_ip', '127.0.0.1'],
  ...['--wiredTigerCacheSizeGB', '0.25', '--oplogSize', '1', '--nounixsocket'],
  ...['--keyFile', keyFileIn(folder), '--setParameter', 'diagnosticDataCollectionEnabled=false'],
];

export const lockedMongodbSources: readonly Source[] = [program('mongod', args)];

const ADMIN = { user: 'admin', pwd: 'admin-of-a-test' };

export interface DatabaseUser {
  readonly name: string;
  readonly password: string;
  readonly roles: readonly { readonly role: string; readonly db: string }[];
}

/** A replica set of one member, with users and a history of a megabyte: to be refused by it, and forgotten. */
export class LockedMongodb {
  constructor(private readonly server: Server) {}

  get description(): Server {
    return this.server;
  }

  get url(): string {
    return this.urlOf(ADMIN.user, ADMIN.pwd);
  }

  urlOf(name: string, password: string): string {
    return `mongodb://${name}:${password}@127.0.0.1:${this.server.port}/?directConnection=true&authSource=admin`;
  }

  /** Makes a user, and gives the URL of it. */
  async addUser({ name, password, roles }: DatabaseUser): Promise<string> {
    await this.#asAdmin({ createUser: name, pwd: password, roles });
    return this.urlOf(name, password);
  }

  async #asAdmin(command: Record<string, unknown>): Promise<void> {
    const client = await new MongoClient(this.url).connect();
    try {
      await client.db('admin').command(command);
    } finally {
      await client.close();
    }
  }

  stop(): Promise<void> {
    return stopServer(this.server);
  }
}

export const startLockedMongodb = async (
  launchAt: LaunchAt,
  lifetime: Lifetime,
): Promise<LockedMongodb> => {
  const server = await startServer('mongodb-locked', launchAt, { lifetime });
  const host = `127.0.0.1:${server.port}`;
  // From the same machine the first user is made by nobody.
  const client = await new MongoClient(`mongodb://${host}/?directConnection=true`).connect();
  try {
    const admin = client.db('admin');
    await admin.command({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host }] } });
    while (!(await admin.command({ hello: 1 }))['isWritablePrimary']);
    await admin.command({ createUser: ADMIN.user, pwd: ADMIN.pwd, roles: ['root'] });
  } finally {
    await client.close();
  }
  return new LockedMongodb(server);
};
