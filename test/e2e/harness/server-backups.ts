import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { FirestoreDatabase, firestoreDocuments } from '#libs/adapters/firestore';
import type { BackupRun, BackupServer } from '#libs/backups';
import { Secret, systemClock, type JsonObject } from '#libs/kernel';
import { issueToken } from '#libs/platform';
import type { Collection, Documents } from '#libs/ports/documents';
import type { BackupRunAnswer } from '#libs/routes';
import {
  freePort,
  startFakeServer,
  type Emulator,
  type FakeServer,
  type S3Account,
  type S3Server,
  type ToxicProxy,
  type Toxiproxy,
} from '#libs/testing';

import { AgentMachines } from './agent-machines.js';
import { BackupFunction } from './backup-function.js';
import { CLOCK_JUMP_MS } from './clock-jump.js';
import { DataFolder } from './data-folder.js';
import { ask, Operator, until } from './outside.js';
import { PlatformProcess, type Environment } from './platform-process.js';
import { Program, type Ended } from './program.js';

export interface ServerPlaces {
  readonly firestore: Emulator;
  readonly s3: S3Server;
  readonly toxiproxy: Toxiproxy;
  readonly restic: string;
  readonly mongod: string;
}

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
const READ = ['s3:GetObject', 's3:ListBucket', 's3:GetBucketLocation'];

const runs: Collection = { name: 'backup_runs', fields: [] };
const servers: Collection = { name: 'backup_servers', fields: [] };
const watchers: Collection = { name: 'backup_watchers', fields: [] };

/** Names of what was left, by what it is. */
export type LeftBehind = Readonly<
  Record<'folders' | 'locks' | 'processes' | 'reports' | 'scratch' | 'servers', readonly string[]>
>;

export const nothing: LeftBehind = {
  ...{ servers: [], folders: [], processes: [], locks: [], reports: [], scratch: [] },
};

/** A store that is not R2 lends nothing that ends: each run says so, once. */
export const lasting = {
  ...{ code: 'BACKUP_CREDENTIALS_LASTING', step: 'boot', detail: 'repositories=data,keys' },
};

/** Of a run that ended well, with nothing else that a person should know. */
export const good = { status: 'succeeded_with_warnings', warnings: [lasting] };

/** A secret of this platform, and what it is. */
export type NamedSecrets = Readonly<Record<string, string>>;

interface Ways {
  readonly firestore: ToxicProxy;
  readonly s3: ToxicProxy;
}

/**
 * An embedded platform that makes its backups on servers at Hetzner. Its runs are kept in Firestore, its copies in buckets,
 * and a function watches it from outside. Each of these is a process, and each may be away.
 */
export class ServerBackups {
  readonly folder = new DataFolder();
  readonly environment = `e2e${randomBytes(4).toString('hex')}`;
  readonly alerts: JsonObject[] = [];
  machines!: AgentMachines;
  function!: BackupFunction;
  ways!: Ways;
  orchestrator: PlatformProcess | undefined;
  /** How far the clocks of our processes are ahead: time that nobody waits for. */
  aheadMs = 0;
  readonly #beside = mkdtempSync(join(tmpdir(), 'innkeeper-e2e-'));
  readonly #secrets = {
    password: randomBytes(16).toString('hex'),
    keysPassword: randomBytes(16).toString('hex'),
  };
  #receiver!: FakeServer;
  #port = 0;
  #asked = 0;
  #accounts!: Readonly<Record<'data' | 'keys' | 'prune', S3Account>>;
  #database!: FirestoreDatabase;
  #documents!: Documents;
  #logs = '';

  private constructor(private readonly places: ServerPlaces) {
    mkdirSync(this.#files);
    for (let n = 0; n < 4; n++) writeFileSync(join(this.#files, `${n}.bin`), randomBytes(400_000));
  }

  static async open(places: ServerPlaces): Promise<ServerBackups> {
    const world = new ServerBackups(places);
    const { firestore, s3, toxiproxy } = places;
    world.machines = await AgentMachines.start(places);
    world.ways = {
      firestore: await toxiproxy.proxyTo(firestore.port),
      s3: await toxiproxy.proxyTo(s3.port),
    };
    world.#receiver = await startFakeServer(({ body }) => {
      world.alerts.push(JSON.parse(body) as JsonObject);
      return { status: 204 };
    });
    world.#port = await freePort();
    world.#accounts = await world.#buckets();
    world.#database = new FirestoreDatabase({
      project: world.environment,
      emulatorHost: firestore.host,
    });
    world.#documents = firestoreDocuments({ database: world.#database, clock: systemClock });
    // It has been here since the day before yesterday: so it has missed the backup of this hour.
    const body = { seenAt: Date.now(), since: Date.now() - 2 * DAY_MS };
    await world.#documents.swap(watchers, { id: `innkeeper-${world.environment}`, body }, 0);
    world.function = await BackupFunction.prepare(world.#functionSettings);
    return world;
  }

  get #files(): string {
    return join(this.#beside, 'files');
  }

  get #common(): Environment {
    return {
      INNKEEPER_ENVIRONMENT: this.environment,
      INNKEEPER_BACKUP_DOCUMENTS_KIND: 'firestore',
      INNKEEPER_FIRESTORE_PROJECT: this.environment,
      INNKEEPER_FIRESTORE_EMULATOR_HOST: this.ways.firestore.host,
      INNKEEPER_BACKUP_AGENT_URL: `http://127.0.0.1:${this.#port}`,
      INNKEEPER_BACKUP_SERVERS_PER_DAY: '100',
      INNKEEPER_BACKUP_RUNS_PER_DAY: '100',
      INNKEEPER_OUTBOUND_ALLOWED: '127.0.0.1',
      INNKEEPER_SERVER_FLEET_KIND: 'hetzner',
      INNKEEPER_HETZNER_URL: this.machines.hetzner.url,
      INNKEEPER_HETZNER_TOKEN: this.machines.hetzner.token,
      INNKEEPER_HETZNER_IMAGE: this.machines.hetzner.snapshot,
      INNKEEPER_HETZNER_SSH_KEY: 'operator',
      INNKEEPER_TIME_ZONE: 'UTC',
      INNKEEPER_ALERTS_URL: `${this.#receiver.url}/alerts`,
    };
  }

  /** The time of the schedule came within this hour. Who makes backups has none: so it is the function that asks for it. */
  get #functionSettings(): Environment {
    const hour = String(new Date().getUTCHours()).padStart(2, '0');
    return { ...this.#common, INNKEEPER_BACKUP_SCHEDULE: `${hour}:00` };
  }

  get settings(): Environment {
    const { data, keys, prune } = this.#accounts;
    const sources = [{ name: 'files', folder: this.#files }];
    const at = `s3:http://${this.ways.s3.host}`;
    return {
      ...this.folder.settings,
      ...this.#common,
      INNKEEPER_HTTP_PORT: `${this.#port}`,
      INNKEEPER_ROLES: 'webhook-ingest,catalog,api,backup-orchestrator',
      INNKEEPER_BACKUP_REPOSITORY: `${at}/${this.#bucket('data')}`,
      INNKEEPER_BACKUP_KEYS_REPOSITORY: `${at}/${this.#bucket('keys')}`,
      INNKEEPER_BACKUP_PASSWORD: this.#secrets.password,
      INNKEEPER_BACKUP_KEYS_PASSWORD: this.#secrets.keysPassword,
      AWS_ACCESS_KEY_ID: data.accessKey,
      AWS_SECRET_ACCESS_KEY: data.accessSecret,
      INNKEEPER_BACKUP_KEYS_ACCESS_KEY_ID: keys.accessKey,
      INNKEEPER_BACKUP_KEYS_SECRET_ACCESS_KEY: keys.accessSecret,
      INNKEEPER_BACKUP_PRUNE_ACCESS_KEY_ID: prune.accessKey,
      INNKEEPER_BACKUP_PRUNE_SECRET_ACCESS_KEY: prune.accessSecret,
      INNKEEPER_BACKUP_RESTIC: this.places.restic,
      INNKEEPER_BACKUP_MONGOD: this.places.mongod,
      INNKEEPER_BACKUP_SOURCES: JSON.stringify(sources),
    };
  }

  #bucket(of: 'data' | 'keys'): string {
    return `${this.environment}-${of}`;
  }

  /** Two buckets, and three accounts with the rights that `docs/how-to/back-up.md` gives them. */
  async #buckets(): Promise<Readonly<Record<'data' | 'keys' | 'prune', S3Account>>> {
    const { s3 } = this.places;
    const account = (name: string) => s3.makeAccount(`${this.environment}-${name}`);
    const [data, keys, prune] = [account('data'), account('keys'), account('prune')];
    for (const [of, saving] of Object.entries({ data, keys } as const)) {
      const bucket = this.#bucket(of as 'data' | 'keys');
      await s3.makeBucket(bucket);
      await s3.grant(bucket, [
        { account: saving.accessKey, actions: [...READ, 's3:PutObject'], keys: ['*'] },
        { account: saving.accessKey, actions: ['s3:DeleteObject'], keys: ['locks/*'] },
        {
          account: prune.accessKey,
          actions: [...READ, 's3:PutObject', 's3:DeleteObject'],
          keys: ['*'],
        },
      ]);
    }
    return { data, keys, prune };
  }

  /** What nobody but the orchestrator may have. What a server is lent is none of it: that travels, and only by its order. */
  get secrets(): NamedSecrets {
    return {
      'the master key': this.folder.secret('master-key'),
      'the key of tokens': this.folder.secret('issuer'),
      'the token of Hetzner': this.machines.hetzner.token,
      'the account that removes': this.#accounts.prune.accessSecret,
    };
  }

  /** What stands in an order, and in no file, environment, command line or log. */
  get lent(): NamedSecrets {
    return {
      'the password of the data': this.#secrets.password,
      'the password of the keys': this.#secrets.keysPassword,
      'the account of the data': this.#accounts.data.accessSecret,
      'the account of the keys': this.#accounts.keys.accessSecret,
    };
  }

  async start(): Promise<void> {
    const { aheadMs } = this;
    this.orchestrator = await PlatformProcess.start(this.settings, { aheadMs });
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.#logs += this.orchestrator?.log ?? '';
    await this.orchestrator?.end(signal);
  }

  /** Of every orchestrator until now. */
  get logs(): string {
    return this.#logs + (this.orchestrator?.log ?? '');
  }

  /** Minutes pass for who makes backups, and nobody waits for them. */
  jump(): void {
    process.kill(this.orchestrator?.pid ?? 0, 'SIGUSR2');
    this.aheadMs += CLOCK_JUMP_MS;
  }

  at(role: 'admin' | 'viewer'): Operator {
    return new Operator(() => this.orchestrator?.url ?? '', this.folder.secret('issuer'), role);
  }

  /** By a token of the time that its clock has. */
  async ask(kind: 'daily' | 'manual' = 'manual'): Promise<string> {
    const key = new Secret(this.folder.secret('issuer'));
    const who = { name: 'an-admin', role: 'admin' } as const;
    const token = await issueToken(key, who, Date.now() + this.aheadMs);
    const { status, json, text } = await ask(`${this.orchestrator?.url ?? ''}/api/backups`, {
      method: 'POST',
      headers: {
        ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        'idempotency-key': `run-${++this.#asked}`,
      },
      body: JSON.stringify({ kind }),
    });
    if (status >= 300) throw new Error(`refused: ${text}`);
    return (json as BackupRunAnswer).id;
  }

  /** A command, as somebody types it where the platform runs. */
  async type(...words: readonly string[]): Promise<Ended> {
    return (await this.begin(...words)).over();
  }

  /** The same, and it is left running. */
  async begin(...words: readonly string[]): Promise<Program> {
    const { stdout } = await Program.run('innkeeper', this.settings, ['token', '--role', 'admin']);
    return Program.begin('innkeeper', { ...this.settings, INNKEEPER_TOKEN: stdout.trim() }, [
      ...words,
      ...['--to', this.orchestrator?.url ?? '', '--json'],
    ]);
  }

  /** As its document says: nobody need live for it. */
  async kept(id: string): Promise<BackupRun> {
    const [found] = await this.#documents.get(runs, [id]);
    return (found?.body as unknown as { readonly run: BackupRun }).run;
  }

  async all(): Promise<readonly BackupRun[]> {
    const { items } = await this.#documents.query(runs, { limit: 50 });
    return items.map(({ body }) => (body as unknown as { readonly run: BackupRun }).run);
  }

  async server(id: string): Promise<BackupServer | undefined> {
    const [found] = await this.#documents.get(servers, [id]);
    return found?.body as unknown as BackupServer | undefined;
  }

  endOf(id: string): Promise<BackupRun> {
    return until(`the end of ${id}`, async () => {
      const run = await this.kept(id);
      return run.endedAt !== undefined && run;
    });
  }

  /** What stands where a run may leave something, by what it is. */
  standing(): LeftBehind {
    return {
      ...this.machines.left(),
      locks: [...this.#objects('data', 'locks'), ...this.#objects('keys', 'locks')],
      reports: [...this.#objects('data', 'runs'), ...this.#objects('keys', 'runs')],
      scratch: namesIn(this.folder.file('backups/work')),
    };
  }

  /** The same, once all has gone that goes by itself. */
  async left({ reports = [] }: Partial<LeftBehind> = {}): Promise<LeftBehind> {
    const stays = [...reports].sort().join();
    return until('all has gone that goes by itself', async () => {
      const left = this.standing();
      const { reports: found, ...others } = left;
      const isGone = Object.values(others).every((names) => names.length === 0);
      return isGone && [...found].sort().join() === stays && left;
    }).catch(() => this.standing());
  }

  #objects(bucket: 'data' | 'keys', prefix: string): readonly string[] {
    return namesIn(join(this.places.s3.folderOf(this.#bucket(bucket)), prefix));
  }

  async close(): Promise<void> {
    await this.end('SIGKILL');
    await this.function.close();
    await this.machines.close();
    await this.#receiver.close();
    await this.#database.close();
    this.folder.remove();
    rmSync(this.#beside, { recursive: true, force: true });
  }
}

const namesIn = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
