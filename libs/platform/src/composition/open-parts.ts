import { compress, expand, nodeHash } from '#libs/adapters/node-crypto';
import type { SqliteDatabase } from '#libs/adapters/sqlite';
import { allSubscriptions, allTopics } from '#libs/contracts';
import { createJournal } from '#libs/journal';
import { Secret, systemClock } from '#libs/kernel';
import type { Bus } from '#libs/ports/bus';
import type { Documents, Leases } from '#libs/ports/documents';
import type { EventLog, LogChain } from '#libs/ports/event-log';
import type { Keys } from '#libs/ports/keys';

import type { Settings } from '../settings/read-settings.js';
import type { DataDirectory } from './data-directory.js';
import { Opened } from './opened.js';
import { openSources } from './open-sources.js';
import type { BackEnd, Parts } from './parts.js';

/** Everything embedded lies in one data directory; a process without embedded parts has none. */
export const needsDataDirectory = ({ eventLog, documents, bus, keys }: Settings): boolean =>
  [eventLog, documents, bus, keys].some(({ kind }) => kind === 'sqlite');

/**
 * Opens what the settings choose, each technology once: adapters of one technology share one
 * connection. Drivers are loaded here and only here, so what is not chosen costs no memory.
 */
export const openParts = async (
  settings: Settings,
  data: DataDirectory | undefined,
): Promise<Parts> => {
  const opened = new Opened();
  try {
    return await new PartsOpener(settings, data, opened).open();
  } catch (error) {
    await opened.close();
    throw error;
  }
};

class PartsOpener {
  readonly #tidiers: (() => unknown)[] = [];
  readonly #backEnds = new Map<string, BackEnd>();
  #sqlite: Promise<SqliteDatabase> | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly data: DataDirectory | undefined,
    private readonly opened: Opened,
  ) {}

  async open(): Promise<Parts> {
    const keys = await this.#keys();
    const log = await this.#log();
    const documents = await this.#documents();
    const leases = await this.#leases();
    const bus = await this.#bus();
    return {
      log,
      documents,
      leases,
      bus,
      keys,
      journal: createJournal({ log, keys }),
      clock: systemClock,
      hash: nodeHash,
      packer: { pack: compress, unpack: expand },
      sources: openSources(this.settings, this.data),
      backEnds: [...this.#backEnds.values()],
      tidy: async () => {
        for (const tidy of this.#tidiers) await tidy();
      },
      close: () => this.opened.close(),
    };
  }

  async #log(): Promise<EventLog & LogChain> {
    const { sqliteEventLog } = await import('#libs/adapters/sqlite');
    return sqliteEventLog({ database: await this.#database(), clock: systemClock });
  }

  async #documents(): Promise<Documents> {
    const { sqliteDocuments } = await import('#libs/adapters/sqlite');
    const documents = sqliteDocuments({ database: await this.#database(), clock: systemClock });
    this.#tidiers.push(() => documents.sweep());
    return documents;
  }

  /** Where the log is: a lease guards who reads it. */
  async #leases(): Promise<Leases> {
    const { sqliteLeases } = await import('#libs/adapters/sqlite');
    return sqliteLeases({ database: await this.#database() });
  }

  async #bus(): Promise<Bus> {
    const { sqliteBus } = await import('#libs/adapters/sqlite');
    const bus = this.opened.add(
      sqliteBus({ database: await this.#database(), clock: systemClock }),
      (it) => it.close(),
    );
    await bus.create(allTopics, allSubscriptions);
    return bus;
  }

  async #keys(): Promise<Keys> {
    const { sqliteKeys } = await import('#libs/adapters/sqlite');
    const keys = this.opened.add(
      sqliteKeys({ path: this.#file('keys.db'), masterKey: this.#masterKey() }),
      (it) => it.close(),
    );
    this.#tidiers.push(() => keys.truncate());
    return keys;
  }

  #masterKey(): Secret<Uint8Array> {
    const given = this.settings.keys.masterKey ?? this.data?.secret('master-key');
    const text = given?.reveal() ?? '';
    const encoding = /^[0-9a-fA-F]{64}$/.test(text) ? 'hex' : 'base64';
    return new Secret(new Uint8Array(Buffer.from(text, encoding)));
  }

  #database(): Promise<SqliteDatabase> {
    this.#sqlite ??= import('#libs/adapters/sqlite').then(({ SqliteDatabase: Database }) => {
      const database = this.opened.add(new Database(this.#file('innkeeper.db')), (it) =>
        it.close(),
      );
      this.#tidiers.push(() => database.truncate());
      const ping = () => database.write(() => undefined);
      this.#backEnds.set('sqlite', { name: 'sqlite', ping });
      return database;
    });
    return this.#sqlite;
  }

  #file(name: string): string {
    return this.data?.file(name) ?? '';
  }
}
