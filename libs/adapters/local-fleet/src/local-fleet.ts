import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { fault, Fault, systemClock, type Clock } from '#libs/kernel';
import type { FleetServer, FleetWatch, ServerFleet, ServerOrder } from '#libs/ports/server-fleet';

import { endFamily } from './end-family.js';
import { isSame, processesOf, type ListProcesses } from './processes.js';
import {
  BEGUN_FILE,
  isCode,
  isRemains,
  makeServer,
  REMAINS_AFTER_MS,
  removeFolder,
  ServerFolder,
  START_FILE,
} from './server-folder.js';
import { startBehindGate } from './start-behind-gate.js';

export interface LocalFleetOptions {
  /** Everything in it is ours. It is made where it is missing. */
  readonly folder: string;
  /** What a server does: a program with its arguments. The file with what it is told is its last argument. */
  readonly program: readonly [string, ...(readonly string[])];
  /** All that it gets of an environment, beside a home of its own: nothing of ours comes along. */
  readonly environment: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** How long its processes may end by themselves. */
  readonly graceMs?: number;
  readonly platform?: NodeJS.Platform;
}

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const GRACE_MS = 10_000;
const READY_WITHIN_MS = 30_000;
const LOOKED_EVERY_MS = 20;
const PATH = '/usr/local/bin:/usr/bin:/bin';

/** Servers that are processes of this machine, each in a folder of its own. They live on when this process ends. */
class LocalFleet implements ServerFleet {
  readonly #folder: string;
  readonly #options: LocalFleetOptions;
  readonly #list: ListProcesses;

  constructor(options: LocalFleetOptions) {
    this.#folder = resolve(options.folder);
    this.#options = options;
    this.#list = processesOf(options.platform ?? process.platform);
  }

  create(order: ServerOrder, watch: FleetWatch): Promise<FleetServer> {
    return onDisk(watch, async () => {
      const { name, labels } = order;
      if (!NAME.test(name)) throw fault('DEFECT_UNKNOWN', { details: { reason: 'server_name' } });
      this.#refuseWindows();
      await this.#clear();
      const clock = this.#options.clock ?? systemClock;
      await makeServer(this.#folder, order, clock.now());
      const folder = new ServerFolder(this.#folder, name);
      const server = await folder.server();
      if (!server || !areSame(server.labels, labels)) throw fault('SERVER_NAME_TAKEN');
      await this.#start(folder);
      const seen = await this.#seen(folder);
      if (!seen) throw fault('SERVER_NOT_STARTED');
      return seen;
    });
  }

  ready(id: string, watch: FleetWatch): Promise<FleetServer> {
    return onDisk(watch, async () => {
      const until = performance.now() + READY_WITHIN_MS;
      for (;;) {
        const seen = await this.#find(nameIn(id));
        if (seen?.id === id && seen.status === 'running') return seen;
        if (seen?.id !== id || seen.status !== 'starting' || performance.now() > until)
          throw fault('SERVER_NOT_STARTED');
        await delay(LOOKED_EVERY_MS, undefined, { signal: watch.signal });
      }
    });
  }

  find(name: string, watch: FleetWatch): Promise<FleetServer | undefined> {
    return onDisk(watch, () => this.#find(name));
  }

  list(
    labels: Readonly<Record<string, string>>,
    watch: FleetWatch,
  ): Promise<readonly FleetServer[]> {
    return onDisk(watch, async () => {
      const names = (await this.#names()).filter((name) => NAME.test(name));
      const all = await Promise.all(names.map((name) => this.#find(name)));
      return all
        .filter((one) => one !== undefined)
        .filter((one) => Object.entries(labels).every(([key, value]) => one.labels[key] === value))
        .sort((a, b) => a.createdAt - b.createdAt || (a.name < b.name ? -1 : 1));
    });
  }

  destroy(id: string, watch: FleetWatch): Promise<void> {
    return onDisk(watch, async () => {
      const name = nameIn(id);
      const folder = new ServerFolder(this.#folder, name);
      if (!NAME.test(name) || (await folder.server())?.id !== id) return;
      if (await folder.isProtected()) throw fault('SERVER_PROTECTED');
      await folder.noteLeaving();
      const leader = await folder.leader();
      const { graceMs = GRACE_MS } = this.#options;
      if (leader) await endFamily({ leader, list: this.#list, graceMs, signal: watch.signal });
      await folder.remove(id);
      await this.#clear();
    });
  }

  /** Of two that start it at the same moment, one was noted first, and the other's process never begins. */
  async #start(folder: ServerFolder): Promise<void> {
    if ((await folder.leader()) || (await folder.isLeaving())) return;
    const [file, ...args] = this.#options.program;
    const gate = await startBehindGate({
      program: [file, ...args, folder.at(START_FILE)],
      cwd: folder.at('work'),
      log: folder.at('program.log'),
      begun: folder.at(BEGUN_FILE),
      env: {
        PATH,
        ...this.#options.environment,
        ...{ HOME: folder.at('home'), TMPDIR: folder.at('tmp') },
      },
      list: this.#list,
    });
    if (!gate) throw fault('SERVER_NOT_STARTED');
    let isFirst = false;
    try {
      isFirst = await folder.noteLeader(gate.leader);
    } finally {
      if (!isFirst) gate.drop();
    }
    if (isFirst) await gate.go();
  }

  async #find(name: string): Promise<FleetServer | undefined> {
    return NAME.test(name) ? this.#seen(new ServerFolder(this.#folder, name)) : undefined;
  }

  async #seen(folder: ServerFolder): Promise<FleetServer | undefined> {
    const server = await folder.server();
    if (!server) return undefined;
    return {
      ...{ ...server, name: folder.name },
      status: await this.#statusOf(folder),
      addresses: ['127.0.0.1', '::1'],
      ...{ type: 'process', location: 'local' },
      isProtected: await folder.isProtected(),
    };
  }

  async #statusOf(folder: ServerFolder): Promise<FleetServer['status']> {
    if (await folder.isLeaving()) return 'leaving';
    const leader = await folder.leader();
    if (!leader) return 'starting';
    if (!(await this.#list()).some((one) => isSame(one, leader))) return 'off';
    return (await folder.hasBegun()) ? 'running' : 'starting';
  }

  #names(): Promise<readonly string[]> {
    return readdir(this.#folder).catch((cause: unknown) => {
      if (isCode(cause, 'ENOENT')) return [];
      throw cause;
    });
  }

  /** What was told to a server lies in there, too. */
  async #clear(): Promise<void> {
    const before = Date.now() - REMAINS_AFTER_MS;
    for (const name of (await this.#names()).filter(isRemains)) {
      const path = join(this.#folder, name);
      const found = await stat(path).catch(() => undefined);
      if (found && found.mtimeMs < before) await removeFolder(path);
    }
  }

  /** There are no groups of processes there, so a server could not be ended with all that it started. */
  #refuseWindows(): void {
    if ((this.#options.platform ?? process.platform) === 'win32')
      throw fault('SERVER_REFUSED', { details: { platform: 'win32' } });
  }
}

export const localFleet = (options: LocalFleetOptions): ServerFleet => new LocalFleet(options);

/** An id is its name and what tells it from an older one of that name. */
const nameIn = (id: string): string => id.split('.')[0] ?? '';

const areSame = (
  some: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>>,
): boolean => {
  const keys = new Set([...Object.keys(some), ...Object.keys(others)]);
  return [...keys].every((key) => some[key] === others[key]);
};

const onDisk = async <T>({ signal }: FleetWatch, work: () => Promise<T>): Promise<T> => {
  signal.throwIfAborted();
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    signal.throwIfAborted();
    if (isCode(cause, 'ENOSPC', 'EDQUOT')) throw fault('BACKUP_SCRATCH_FULL', { cause });
    if (isCode(cause, 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'))
      throw fault('BACKUP_SCRATCH_DENIED', { cause });
    throw fault('SERVER_NOT_STARTED', { cause });
  }
};
