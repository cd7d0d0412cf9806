import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { MongoClient } from 'mongodb';

import { fault, Secret } from '#libs/kernel';

export interface ScratchMongodOptions {
  readonly program: string;
  /** Exists, and is empty: files, log and key of the server. */
  readonly folder: string;
  /** Aborted: the server is killed. */
  readonly signal: AbortSignal;
}

/** A replica set of one on 127.0.0.1, with a password of its own. It dies with this process. */
export interface ScratchMongod {
  readonly url: Secret;
  /** `mongod 6.0.5`. */
  readonly version: string;
  readonly stop: () => Promise<void>;
}

/** Nothing: there is no such program. A program that does not become a server throws. */
export const startScratchMongod = async ({
  program,
  folder,
  signal,
}: ScratchMongodOptions): Promise<ScratchMongod | undefined> => {
  const version = await versionOf(program);
  if (version === undefined) return undefined;
  const files = join(folder, 'db');
  const key = join(folder, 'members.key');
  await mkdir(files, { recursive: true, mode: 0o700 });
  await writeFile(key, randomBytes(48).toString('base64'), { mode: 0o600 });
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    const port = await freePort();
    const server = new Server(spawned(program, argumentsOf({ folder, files, key, port })), signal);
    try {
      return { url: await prepared(server, port, signal), version, stop: () => server.stop() };
    } catch (error) {
      await server.stop();
      signal.throwIfAborted();
      // Somebody may have taken the port meanwhile.
      if (attempt === PORTS) throw error;
    }
  }
};

const PORTS = 3;
const READY_MS = 60_000;

const argumentsOf = (at: { folder: string; files: string; key: string; port: number }) => [
  ...['--dbpath', at.files, '--port', `${at.port}`, '--bind_ip', '127.0.0.1', '--nounixsocket'],
  ...['--replSet', 'proof', '--keyFile', at.key, '--logpath', join(at.folder, 'mongod.log')],
  ...['--oplogSize', '990', '--wiredTigerCacheSizeGB', '0.5'],
  // What has expired is still part of the copy.
  ...['--setParameter', 'ttlMonitorEnabled=false'],
  ...['--setParameter', 'diagnosticDataCollectionEnabled=false'],
];

/** With the path and nothing else of our environment: our passwords and our master key stay with us. */
const APART = 'exec env -i PATH="$PATH" "$@"';

/**
 * A shell holds the server, and a pipe from us: when that closes, by our will or by our death, the server is killed.
 * Its files are of no use to anybody afterwards.
 */
const HOLDER = `
exec 3<&0
env -i PATH="$PATH" "$@" </dev/null 3<&- &
server=$!
(while read -r line <&3; do :; done; kill -9 "$server") 2>/dev/null &
watcher=$!
exec 3<&-
wait "$server"
status=$?
kill "$watcher" 2>/dev/null
exit "$status"
`;

const spawned = (program: string, args: readonly string[]): ChildProcess =>
  spawn('/bin/sh', ['-c', HOLDER, 'sh', program, ...args], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // A group of its own: Ctrl-C reaches us, and we end it.
    detached: true,
  });

class Server {
  readonly #ended: Promise<unknown>;
  #isOver = false;

  constructor(
    private readonly child: ChildProcess,
    private readonly signal: AbortSignal,
  ) {
    this.#ended = new Promise<void>((resolve) => {
      child.once('error', () => resolve());
      child.once('exit', () => resolve());
    }).then(() => (this.#isOver = true));
    child.stdin?.on('error', () => undefined);
    signal.addEventListener('abort', this.#kill);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  readonly #kill = (): void => void this.child.stdin?.destroy();

  async stop(): Promise<void> {
    this.signal.removeEventListener('abort', this.#kill);
    this.#kill();
    await this.#ended;
  }
}

/** Makes it a set of one with one user. Until there is a user, the first one may come from this machine by nobody. */
const prepared = async (server: Server, port: number, signal: AbortSignal): Promise<Secret> => {
  const host = `127.0.0.1:${port}`;
  const client = await connected(server, `mongodb://${host}/?directConnection=true`, signal);
  const password = randomBytes(24).toString('base64url');
  try {
    const admin = client.db('admin');
    await admin.command({ replSetInitiate: { _id: 'proof', members: [{ _id: 0, host }] } });
    while (!(await admin.command({ hello: 1 }))['isWritablePrimary']) await delay(20);
    await admin.command({ createUser: 'proof', pwd: password, roles: ['root'] });
  } finally {
    await client.close();
  }
  return new Secret(`mongodb://proof:${password}@${host}/?directConnection=true&authSource=admin`);
};

const connected = async (
  server: Server,
  url: string,
  signal: AbortSignal,
): Promise<MongoClient> => {
  const deadline = performance.now() + READY_MS;
  for (;;) {
    const client = new MongoClient(url, { serverSelectionTimeoutMS: 250 });
    try {
      return await client.connect();
    } catch (cause) {
      await client.close();
      signal.throwIfAborted();
      if (server.isOver || performance.now() > deadline)
        throw fault('BACKUP_MONGOD_MISSING', { cause });
    }
  }
};

/** Nothing where there is no such program, or it does not say what it is. */
const versionOf = async (program: string): Promise<string | undefined> => {
  const child = spawn('/bin/sh', ['-c', APART, 'sh', program, '--version'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  try {
    await once(child, 'close');
  } catch {
    return undefined;
  }
  const [, number] = /^db version v(\S+)/m.exec(said) ?? [];
  return number === undefined ? undefined : `mongod ${number}`;
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
