import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

import { MongoClient } from 'mongodb';

import type { Parts } from '#libs/platform';

import { DataFolder } from './data-folder.js';
import { Deployment } from './deployment.js';
import type { Addresses } from './distributed-settings.js';
import { marksIn } from './marks.js';
import { marksInCollections } from './mongodb-look.js';
import { Program } from './program.js';
import { otherProviders } from './providers.js';

/** A platform, and its stores from behind. */
export interface ErasureWorld {
  readonly door: string;
  readonly api: string;
  readonly token: string;
  readonly signingKey: string;
  start(): Promise<void>;
  stop(): Promise<unknown>;
  /** The ports; embedded only while it is stopped. */
  inspect<T>(look: (parts: Parts) => Promise<T>): Promise<T>;
  /** The log as it is stored: every fact by position, bytes as a hash. */
  log(): Promise<ReadonlyMap<number, string>>;
  /** Which marks stand anywhere in the stores, while it runs. */
  marks(): Promise<readonly string[]>;
  dispose(): Promise<void>;
}

const hashOf = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

export class EmbeddedWorld implements ErasureWorld {
  readonly #folder = new DataFolder();
  #program: Program | undefined;

  get door(): string {
    return this.#program?.url ?? '';
  }

  get api(): string {
    return this.door;
  }

  get token(): string {
    return this.#folder.secret('aircall-token');
  }

  get signingKey(): string {
    return this.#folder.secret('issuer');
  }

  async start(): Promise<void> {
    this.#program = await Program.start('innkeeper', {
      ...otherProviders,
      ...this.#folder.settings,
    });
  }

  stop(): Promise<unknown> {
    return this.#program?.end() ?? Promise.resolve();
  }

  inspect<T>(look: (parts: Parts) => Promise<T>): Promise<T> {
    return this.#folder.inspect(look);
  }

  async log(): Promise<ReadonlyMap<number, string>> {
    const database = new DatabaseSync(this.#folder.file('innkeeper.db'), { readOnly: true });
    const rows = database.prepare('SELECT * FROM log_facts').all();
    database.close();
    return new Map(
      rows.map((row) => [
        Number(row['position']),
        hashOf(
          JSON.stringify(row, (_, value: unknown) =>
            value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
          ),
        ),
      ]),
    );
  }

  /** Byte by byte: used pages, free pages, the write-ahead logs, and all else that lies there. */
  async marks(): Promise<readonly string[]> {
    return this.#folder.files().flatMap((path) => marksIn(readFileSync(path)));
  }

  async dispose(): Promise<void> {
    await this.#program?.end('SIGKILL');
    this.#folder.remove();
  }
}

export class DistributedWorld implements ErasureWorld {
  readonly #deployment: Deployment;
  readonly #client: MongoClient;

  constructor(
    addresses: Addresses,
    /** The catalog in a process of its own: another process erases, and cannot make it forget a key. */
    private readonly rolesApart = false,
  ) {
    this.#deployment = new Deployment(addresses);
    this.#client = new MongoClient(addresses.mongodbUrl);
  }

  get door(): string {
    return this.#deployment.door?.url ?? '';
  }

  get api(): string {
    const { door, rest } = this.#deployment;
    return (this.rolesApart ? door : rest)?.url ?? '';
  }

  get token(): string {
    return this.#deployment.setting('INNKEEPER_AIRCALL_TOKENS');
  }

  get signingKey(): string {
    return this.#deployment.setting('INNKEEPER_API_SIGNING_KEY');
  }

  start(): Promise<void> {
    if (!this.rolesApart) return this.#deployment.start();
    return this.#deployment.start('innkeeper', {}, { door: 'webhook-ingest,api', rest: 'catalog' });
  }

  stop(): Promise<unknown> {
    return this.#deployment.stop();
  }

  inspect<T>(look: (parts: Parts) => Promise<T>): Promise<T> {
    return this.#deployment.inspect(look);
  }

  async log(): Promise<ReadonlyMap<number, string>> {
    const commits = this.#client
      .db(this.#deployment.setting('INNKEEPER_MONGODB_DATABASE'))
      .collection<{ _id: number; facts: unknown[] }>('log_commits');
    const stored = new Map<number, string>();
    for await (const { _id, facts } of commits.find())
      facts.forEach((fact, i) => stored.set(_id + i, hashOf(JSON.stringify(fact))));
    return stored;
  }

  /** By query, of every collection: what the files keep goes within the window that is documented. */
  async marks(): Promise<readonly string[]> {
    const found: string[] = [];
    for (const name of ['INNKEEPER_MONGODB_DATABASE', 'INNKEEPER_KEYS_MONGODB_DATABASE'])
      for (const { marks } of await marksInCollections(
        this.#client.db(this.#deployment.setting(name)),
      ))
        found.push(...marks);
    return found;
  }

  async dispose(): Promise<void> {
    await this.stop();
    await this.#client.close();
  }
}
