import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { ServerOrder } from '#libs/ports/server-fleet';

import type { GroupLeader } from './processes.js';

/** What a server of this machine is, as its folder says. Everything in it is readable by its owner only. */
export interface LocalServer {
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly createdAt: number;
}

const PRIVATE = 0o700;
const OWN = 0o600;

/** What it is told, beside what it works on. Its own folders are its home. */
export const START_FILE = 'agent.json';
export const HOME_FOLDERS = ['home', 'tmp', 'work'] as const;

const SERVER_FILE = 'server.json';
const PROCESS_FILE = 'process.json';
/** Its program has begun. */
export const BEGUN_FILE = 'begun';
const LEAVING_FILE = 'leaving';
/** A person makes it, to keep what lies here. */
const PROTECTED_FILE = 'protected';

/** Made aside and then put in its place, so that a server is there whole or not at all; `false`: the name has one. */
export const makeServer = async (
  folder: string,
  { name, labels, userData }: ServerOrder,
  createdAt: number,
): Promise<boolean> => {
  await mkdir(folder, { recursive: true, mode: PRIVATE });
  const aside = join(folder, `${MAKING}${randomUUID()}`);
  const server: LocalServer = { id: `${name}.${randomUUID()}`, labels, createdAt };
  try {
    await mkdir(aside, { mode: PRIVATE });
    for (const own of HOME_FOLDERS) await mkdir(join(aside, own), { mode: PRIVATE });
    await writeFile(join(aside, START_FILE), userData.reveal(), { mode: OWN });
    await writeFile(join(aside, SERVER_FILE), JSON.stringify(server), { mode: OWN });
    // A folder takes the place of an empty one only, and a server is never empty.
    await rename(aside, join(folder, name));
    return true;
  } catch (cause) {
    await rm(aside, { recursive: true, force: true });
    if (isCode(cause, 'ENOTEMPTY', 'EEXIST')) return false;
    throw cause;
  }
};

const MAKING = '.making-';
const GONE = '.gone-';

/** What is left of a making or a removal that was cut off. Nobody takes as long as this for either. */
export const isRemains = (name: string): boolean =>
  name.startsWith(MAKING) || name.startsWith(GONE);
export const REMAINS_AFTER_MS = 10 * 60_000;

/** The folder of one server. */
export class ServerFolder {
  constructor(
    private readonly root: string,
    readonly name: string,
  ) {}

  at(name: string): string {
    return join(this.root, this.name, name);
  }

  async server(): Promise<LocalServer | undefined> {
    const { id, labels, createdAt } = (await jsonAt(this.at(SERVER_FILE))) ?? {};
    return typeof id === 'string' && typeof createdAt === 'number' && isLabels(labels)
      ? { id, labels, createdAt }
      : undefined;
  }

  async leader(): Promise<GroupLeader | undefined> {
    const { pid, began } = (await jsonAt(this.at(PROCESS_FILE))) ?? {};
    return typeof pid === 'number' && typeof began === 'string' ? { pid, began } : undefined;
  }

  /** The first one counts: `false`, and nothing is written, where there is one. */
  async noteLeader(leader: GroupLeader): Promise<boolean> {
    const written = this.at(`.${randomUUID()}`);
    await writeFile(written, JSON.stringify(leader), { mode: OWN, flush: true });
    try {
      await link(written, this.at(PROCESS_FILE));
      return true;
    } catch (cause) {
      if (isCode(cause, 'EEXIST')) return false;
      throw cause;
    } finally {
      await rm(written, { force: true });
    }
  }

  hasBegun(): Promise<boolean> {
    return isThere(this.at(BEGUN_FILE));
  }

  isProtected(): Promise<boolean> {
    return isThere(this.at(PROTECTED_FILE));
  }

  isLeaving(): Promise<boolean> {
    return isThere(this.at(LEAVING_FILE));
  }

  noteLeaving(): Promise<void> {
    return writeFile(this.at(LEAVING_FILE), '', { mode: OWN });
  }

  /** Takes it out of the fleet in one step, and then its files. Somebody else's server of the same name goes back. */
  async remove(id: string): Promise<void> {
    const gone = `${GONE}${randomUUID()}`;
    const taken = new ServerFolder(this.root, gone);
    try {
      await rename(join(this.root, this.name), join(this.root, gone));
    } catch (cause) {
      if (isCode(cause, 'ENOENT')) return;
      throw cause;
    }
    if ((await taken.server())?.id !== id)
      await rename(join(this.root, gone), join(this.root, this.name));
    else await removeFolder(join(this.root, gone));
  }
}

/** A file that is just being written there is no reason to stop. */
export const removeFolder = (path: string): Promise<void> =>
  rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });

const jsonAt = async (path: string): Promise<Record<string, unknown> | undefined> => {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  } catch (cause) {
    // Gone meanwhile, or no folder of ours.
    if (cause instanceof SyntaxError || isCode(cause, 'ENOENT', 'ENOTDIR')) return undefined;
    throw cause;
  }
};

const isLabels = (value: unknown): value is LocalServer['labels'] =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((one) => typeof one === 'string');

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

export const isCode = (thrown: unknown, ...codes: readonly string[]): boolean =>
  thrown instanceof Error && 'code' in thrown && codes.includes(String(thrown.code));
