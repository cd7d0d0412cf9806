import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { allSubscriptions, allTopics } from '#libs/contracts';
import type { OperatorRole } from '#libs/kernel';
import { openParts, readSettings, type Parts } from '#libs/platform';
import type { S3Account, S3Server } from '#libs/testing';

import { distributedSettings, type Addresses } from './distributed-settings.js';
import { Operator, until } from './outside.js';
import { patientParts } from './patient.js';
import type { Environment } from './platform-process.js';
import { Program, type Ended } from './program.js';

export const CHAT = 'chatofthetests';
const READ = ['s3:GetObject', 's3:ListBucket', 's3:GetBucketLocation'];

export interface FarPlaces extends Addresses {
  readonly redisUrl: string;
  readonly firestoreHost: string;
  readonly s3: S3Server;
  readonly restic: string;
  readonly mongod: string;
}

interface Accounts {
  readonly data: S3Account;
  readonly keys: S3Account;
  readonly prune: S3Account;
}

/** Two buckets, and three accounts with the rights that `docs/how-to/back-up.md` gives them. */
const accountsIn = async (s3: S3Server): Promise<Accounts> => {
  const [data, keys, prune] = ['saves-data', 'saves-keys', 'prunes'].map((name) =>
    s3.makeAccount(name),
  ) as [S3Account, S3Account, S3Account];
  for (const [bucket, saving] of Object.entries({ 'far-data': data, 'far-keys': keys })) {
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
};

/** A platform of roles apart on servers, whose backups go to buckets. Nothing of it has a data directory. */
export class DistributedBackups {
  readonly folder = mkdtempSync(join(tmpdir(), 'innkeeper-far-'));
  readonly files = join(this.folder, 'files');
  /** No process may make it. */
  readonly dataDir = join(this.folder, 'data');
  readonly orchestratorSettings: Environment;
  readonly #programs: Program[] = [];
  orchestrator: Program | undefined;
  door: Program | undefined;
  api: Program | undefined;

  private constructor(
    readonly settings: Environment,
    readonly places: FarPlaces,
    readonly accounts: Accounts,
  ) {
    const { s3 } = places;
    mkdirSync(this.files, { recursive: true });
    this.orchestratorSettings = {
      INNKEEPER_BACKUP_REPOSITORY: `s3:${s3.url}/far-data`,
      INNKEEPER_BACKUP_KEYS_REPOSITORY: `s3:${s3.url}/far-keys`,
      INNKEEPER_BACKUP_PASSWORD: 'of-the-far-data',
      INNKEEPER_BACKUP_KEYS_PASSWORD: 'of-the-far-keys',
      AWS_ACCESS_KEY_ID: accounts.data.accessKey,
      AWS_SECRET_ACCESS_KEY: accounts.data.accessSecret,
      INNKEEPER_BACKUP_KEYS_ACCESS_KEY_ID: accounts.keys.accessKey,
      INNKEEPER_BACKUP_KEYS_SECRET_ACCESS_KEY: accounts.keys.accessSecret,
      INNKEEPER_BACKUP_PRUNE_ACCESS_KEY_ID: accounts.prune.accessKey,
      INNKEEPER_BACKUP_PRUNE_SECRET_ACCESS_KEY: accounts.prune.accessSecret,
      INNKEEPER_BACKUP_WORK_DIR: join(this.folder, 'work'),
      INNKEEPER_BACKUP_RESTIC: places.restic,
      INNKEEPER_BACKUP_MONGOD: places.mongod,
      INNKEEPER_BACKUP_SOURCES: JSON.stringify([
        { name: 'chat', databases: [CHAT], url: settings['INNKEEPER_MONGODB_URL'] },
        { name: 'files', folder: this.files },
      ]),
    };
  }

  static async open(places: FarPlaces): Promise<DistributedBackups> {
    const settings = {
      ...distributedSettings(places),
      INNKEEPER_BACKUP_DOCUMENTS_KIND: 'firestore',
      INNKEEPER_BACKUP_SCHEDULE: 'off',
      INNKEEPER_FIRESTORE_PROJECT: `far-${randomBytes(4).toString('hex')}`,
      INNKEEPER_FIRESTORE_EMULATOR_HOST: places.firestoreHost,
    };
    return new DistributedBackups(settings, places, await accountsIn(places.s3));
  }

  /** The same platform with the same secrets, on other servers. */
  on(places: FarPlaces): DistributedBackups {
    const settings = {
      ...this.settings,
      INNKEEPER_MONGODB_URL: places.mongodbUrl,
      INNKEEPER_PUBSUB_PROJECT: `innkeeper-again-${randomBytes(4).toString('hex')}`,
      INNKEEPER_FIRESTORE_PROJECT: `again-${randomBytes(4).toString('hex')}`,
      INNKEEPER_FIRESTORE_EMULATOR_HOST: places.firestoreHost,
    };
    return new DistributedBackups(settings, places, this.accounts);
  }

  setting(name: string): string {
    return this.settings[name] ?? '';
  }

  get #all(): Environment {
    return { ...this.settings, INNKEEPER_DATA_DIR: this.dataDir };
  }

  async start(): Promise<void> {
    await this.inspect(({ bus }) => bus.create(allTopics, allSubscriptions));
    await this.startAgain();
  }

  async startAgain(): Promise<void> {
    [this.door, this.api, this.orchestrator] = await Promise.all([
      this.#run('innkeeper', { INNKEEPER_ROLES: 'webhook-ingest,catalog' }),
      this.#run('api', { INNKEEPER_ROLES: 'api' }),
      this.#run('backup-orchestrator', {
        INNKEEPER_ROLES: 'backup-orchestrator',
        ...this.orchestratorSettings,
      }),
    ]);
  }

  /** A second one for the same runs, on a machine of its own: nothing but the runs tells it of the first. */
  startAnother(): Promise<Program> {
    return this.#run('backup-orchestrator', {
      INNKEEPER_ROLES: 'backup-orchestrator',
      ...this.orchestratorSettings,
      INNKEEPER_BACKUP_WORK_DIR: join(this.folder, 'work-elsewhere'),
    });
  }

  async #run(name: Parameters<typeof Program.start>[0], more: Environment): Promise<Program> {
    const program = await Program.start(name, { ...this.#all, ...more });
    this.#programs.push(program);
    return program;
  }

  at(role: OperatorRole): Operator {
    return new Operator(() => this.api?.url ?? '', this.setting('INNKEEPER_API_SIGNING_KEY'), role);
  }

  atBackups(role: OperatorRole): Operator {
    return new Operator(
      () => this.orchestrator?.url ?? '',
      this.setting('INNKEEPER_API_SIGNING_KEY'),
      role,
    );
  }

  /** A command, as somebody types it where the settings are. */
  async type(words: readonly string[], more: Environment = {}): Promise<Ended> {
    const { stdout } = await Program.run('innkeeper', this.#all, ['token', '--role', 'admin']);
    const environment = { ...this.#all, INNKEEPER_TOKEN: stdout.trim(), ...more };
    return Program.run('innkeeper', environment, words);
  }

  backup(...words: readonly string[]): Promise<Ended> {
    return this.type(['backup', ...words, '--to', this.orchestrator?.url ?? '', '--json']);
  }

  writeFile(name: string, bytes: number): void {
    writeFileSync(join(this.files, name), randomBytes(bytes));
  }

  async inspect<T>(look: (parts: Parts) => Promise<T>): Promise<T> {
    const settings = readSettings({ ...this.settings, INNKEEPER_ROLES: 'catalog' }, () => '');
    const parts = await openParts(settings, undefined);
    try {
      return await look(patientParts(parts));
    } finally {
      await parts.close();
    }
  }

  /** What the log says about a run: the statuses of its facts, in their order. */
  told(run: string): Promise<readonly string[]> {
    return this.inspect(async ({ log }) => {
      const facts = await log.stream(`backup_run/backups.main.${run}`, 0, 500);
      return facts.map(({ data }) => (JSON.parse(data) as { readonly status: string }).status);
    });
  }

  untilTold(run: string, status: string): Promise<unknown> {
    return until(`the log knows of the end of ${run}`, async () =>
      (await this.told(run)).includes(status),
    );
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    await Promise.all(this.#programs.splice(0).map((program) => program.end(signal)));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
