import type { SqliteDatabase, SqliteKeys } from '#libs/adapters/sqlite';
import { allSubscriptions, allTopics, subscriptions } from '#libs/contracts';
import { fault, systemClock } from '#libs/kernel';
import type { BackupSource } from '#libs/ports/backup-source';
import type { Bus } from '#libs/ports/bus';
import type { Documents, Leases } from '#libs/ports/documents';
import type { EventLog, LogChain } from '#libs/ports/event-log';
import type { JobQueue } from '#libs/ports/job-queue';
import type { Keys } from '#libs/ports/keys';
import type { PassageVectors, SearchIndex, Vocabulary } from '#libs/ports/search-index';

import type { Settings } from '../settings/read-settings.js';
import { masterKeyOf } from './master-key.js';
import type { Opening } from './opening.js';

export interface CopiedSource {
  /** Whether a collection is made from others, and so is left out. */
  readonly derived: (collection: string) => boolean;
  /** Ours, for the manifest. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The embedded parts: one file for everything, and one of its own for the keys and for the search index. */
export class OpenSqlite {
  #database: Promise<SqliteDatabase> | undefined;
  #keys: SqliteKeys | undefined;

  constructor(private readonly opening: Opening) {}

  async eventLog(): Promise<EventLog & LogChain> {
    const { sqliteEventLog } = await import('#libs/adapters/sqlite');
    return sqliteEventLog({ database: await this.#open(), clock: systemClock });
  }

  async documents(): Promise<Documents> {
    const { sqliteDocuments } = await import('#libs/adapters/sqlite');
    const database = await this.#open();
    const documents = sqliteDocuments({ database, clock: systemClock });
    this.opening.retained.push({
      name: 'sqlite',
      sweep: async (signal) => void (await documents.sweep(signal)),
      expired: () => documents.expired(),
    });
    return documents;
  }

  async leases(): Promise<Leases> {
    const { sqliteLeases } = await import('#libs/adapters/sqlite');
    return sqliteLeases({ database: await this.#open() });
  }

  async bus(): Promise<Bus> {
    const { sqliteBus } = await import('#libs/adapters/sqlite');
    const database = await this.#open();
    const bus = sqliteBus({ database, clock: systemClock });
    this.opening.opened.add(bus, (it) => it.close());
    await bus.create(allTopics, allSubscriptions);
    return bus;
  }

  async jobQueue(): Promise<JobQueue> {
    const { sqliteJobQueue } = await import('#libs/adapters/sqlite');
    const queue = sqliteJobQueue({ database: await this.#open(), clock: systemClock });
    return this.opening.opened.add(queue, (it) => it.close());
  }

  async searchIndex(): Promise<SearchIndex & Vocabulary & PassageVectors> {
    const { sqliteSearchIndex } = await import('#libs/adapters/sqlite');
    const { opened, tidiers, backEnds } = this.opening;
    const index = opened.add(await sqliteSearchIndex({ path: this.#file('index.db') }), (it) =>
      it.close(),
    );
    tidiers.push(() => index.tidy());
    backEnds.push({ name: 'sqlite index', ping: () => index.answer() });
    return index;
  }

  async keys({ masterKey }: Settings['keys']): Promise<Keys> {
    const { sqliteKeys } = await import('#libs/adapters/sqlite');
    const keys = sqliteKeys({
      path: this.#file('keys.db'),
      masterKey: masterKeyOf(masterKey ?? this.opening.data?.secret('master-key')),
    });
    this.opening.retained.push({
      name: 'sqlite keys',
      sweep: async (signal) => void (await keys.sweep(systemClock.now(), signal)),
      expired: async () => keys.expired(systemClock.now()),
    });
    this.opening.tidiers.push(() => keys.truncate());
    this.#keys = keys;
    return this.opening.opened.add(keys, (it) => it.close());
  }

  /** The log and what else lies in its file, copied by the connection that writes it. */
  async innkeeperSource({ derived, versions }: CopiedSource): Promise<BackupSource> {
    const { sqliteInnkeeperSource } = await import('#libs/adapters/sqlite');
    const waitingAt = subscriptions.intakeOfDeliveries.name;
    const database = await this.#open();
    return sqliteInnkeeperSource({ database, derived, waitingAt, versions, clock: systemClock });
  }

  /** Keys of this process, which were opened before. */
  async keysSource({ versions }: Pick<CopiedSource, 'versions'>): Promise<BackupSource> {
    const { sqliteKeysSource } = await import('#libs/adapters/sqlite');
    if (!this.#keys) throw fault('KEYS_UNAVAILABLE');
    return sqliteKeysSource({ keys: this.#keys, versions, clock: systemClock });
  }

  #open(): Promise<SqliteDatabase> {
    this.#database ??= import('#libs/adapters/sqlite').then(({ SqliteDatabase: Database }) => {
      const { opened, tidiers, backEnds } = this.opening;
      const database = opened.add(new Database(this.#file('innkeeper.db')), (it) => it.close());
      database.compact();
      tidiers.push(() => database.truncate());
      backEnds.push({ name: 'sqlite', ping: () => database.answer() });
      return database;
    });
    return this.#database;
  }

  #file(name: string): string {
    return this.opening.data?.file(name) ?? '';
  }
}
