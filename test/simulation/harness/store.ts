import { createSecretKey } from 'node:crypto';

import { compress, digest, expand, hmacs, nodeHash } from '#libs/adapters/node-crypto';
import {
  sqliteBus,
  SqliteDatabase,
  sqliteDocuments,
  sqliteEventLog,
  sqliteKeys,
  sqliteLeases,
  type SqliteBus,
  type SqliteKeys,
} from '#libs/adapters/sqlite';
import { allSubscriptions, allTopics, topics, type Subscription } from '#libs/contracts';
import { Secret, utf8, type Clock } from '#libs/kernel';
import { MemorySearchIndex } from '#libs/testing';
import { createJournal } from '#libs/journal';
import type { Documents, Leases } from '#libs/ports/documents';
import type { EventLog, LogChain } from '#libs/ports/event-log';
import type { Keys } from '#libs/ports/keys';

/** The real adapters, as one process or one set of servers has them. */
export interface RealPorts {
  readonly log: EventLog & LogChain;
  readonly documents: Documents;
  readonly leases: Leases;
  readonly bus: SqliteBus;
  readonly keys: Keys;
}

const platformKey = createSecretKey(digest(utf8('the same in every simulation')));

/** Who listens to what the platform announces. */
const listening = (name: 'intakeFacts' | 'logFacts' | 'records'): Subscription => ({
  name: `${topics[name].name}--simulation`,
  topic: topics[name],
  consumer: 'simulation',
  role: 'simulation',
  batch: 256,
  ackDeadlineSeconds: 60,
  backoff: { first: 500, most: 60_000 },
  attempts: 5,
});

export const listeners = {
  intakeFacts: listening('intakeFacts'),
  logFacts: listening('logFacts'),
  records: listening('records'),
  /** One subscription has one consumer in a store, so the second of two indexers has this one. */
  secondIndex: { ...listening('records'), name: `${topics.records.name}--second-index` },
};

/** Making the tables costs more than a whole simulation, so files are used again, emptied. */
const free: SqliteDatabase[] = [];
const freeKeys: SqliteKeys[] = [];

const memoryKeys = (): SqliteKeys =>
  sqliteKeys({ path: ':memory:', masterKey: new Secret(digest(utf8('a master key'))) });

const emptied = (database: SqliteDatabase): void => {
  const tables = database
    .sql(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'`)
    .all();
  for (const { name } of tables) database.exec(`DELETE FROM ${String(name)}`);
  database.exec('INSERT INTO bus_sequence VALUES (1, 0)');
};

/** What outlives every crash: committed bytes. Everything that is open on it can be opened again. */
export class Store {
  readonly database = free.pop() ?? new SqliteDatabase(':memory:');
  /** What was answered stays, as in a file. */
  readonly index = new MemorySearchIndex();
  readonly #keys = freeKeys.pop() ?? memoryKeys();
  #ports: RealPorts | undefined;

  constructor(private readonly clock: Clock) {}

  get ports(): RealPorts {
    this.#ports ??= this.#open();
    return this.#ports;
  }

  /** What reads and compares beside the platform: never scheduled, never disturbed. */
  get parts() {
    const { ports, clock } = this;
    return {
      ...ports,
      clock,
      journal: createJournal(ports),
      hash: nodeHash,
      packer: { pack: compress, unpack: expand },
    };
  }

  create(): Promise<void> {
    return this.ports.bus.create(allTopics, [...allSubscriptions, ...Object.values(listeners)]);
  }

  /** As after the death of the process that had it open. */
  async reopen(): Promise<void> {
    await this.#ports?.bus.close();
    this.#ports = undefined;
  }

  async close(): Promise<void> {
    const { leases } = this.ports;
    for (const { name, holder, term } of await leases.list())
      await leases.release(name, holder, term);
    await this.reopen();
    await this.database.write(() => emptied(this.database));
    free.push(this.database);
    // Keys that were destroyed stay so: who destroys begins with a file of its own.
    if ((await this.#keys.tombstones()).length > 0) this.#keys.close();
    else freeKeys.push(this.#keys);
  }

  #open(): RealPorts {
    const { database, clock } = this;
    return {
      // Nothing is appended by another process, so a lost ring shall be seen, not slept over.
      log: sqliteEventLog({ database, clock, wakeMs: 2 ** 31 - 1 }),
      documents: sqliteDocuments({ database, clock }),
      leases: sqliteLeases({ database, clock }),
      bus: sqliteBus({ database, clock }),
      keys: this.#sameIds(),
    };
  }

  /** Ids follow from a key of the platform, which is random: then no run could be repeated. */
  #sameIds(): Keys {
    const keys = this.#keys;
    return {
      seal: (items) => keys.seal(items),
      open: (items) => keys.open(items),
      fingerprint: (values) => hmacs(platformKey, values),
      destroy: (streams, at) => keys.destroy(streams, at),
      tombstones: () => keys.tombstones(),
      retire: (streams) => keys.retire(streams),
      forget: (streams) => keys.forget(streams),
    };
  }
}
