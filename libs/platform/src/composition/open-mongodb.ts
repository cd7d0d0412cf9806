import type { MongoDatabase } from '#libs/adapters/mongodb';
import { Fault, systemClock, type Code, type Secret } from '#libs/kernel';
import type { Documents, Leases } from '#libs/ports/documents';
import type { EventLog, LogChain } from '#libs/ports/event-log';
import type { Keys } from '#libs/ports/keys';

import { keysWhenReachable } from './keys-when-reachable.js';
import { masterKeyOf } from './master-key.js';
import type { Opening } from './opening.js';

export interface MongodbPlace {
  readonly url: Secret;
  readonly database: string;
}

/** MongoDB: one client for each database that the settings name. */
export class OpenMongodb {
  readonly #databases = new Map<string, Promise<MongoDatabase>>();

  constructor(private readonly opening: Opening) {}

  async eventLog(where: MongodbPlace): Promise<EventLog & LogChain> {
    const { mongodbEventLog } = await import('#libs/adapters/mongodb');
    return mongodbEventLog({ database: await this.#open(where), clock: systemClock });
  }

  async documents(where: MongodbPlace): Promise<Documents> {
    const { mongodbDocuments } = await import('#libs/adapters/mongodb');
    return mongodbDocuments({ database: await this.#open(where), clock: systemClock });
  }

  async leases(where: MongodbPlace): Promise<Leases> {
    const { mongodbLeases } = await import('#libs/adapters/mongodb');
    return mongodbLeases({ database: await this.#open(where) });
  }

  /** Asked at once, so that a wrong master key stops the start; waited for later, so that an outage does not. */
  async keys({
    masterKey,
    ...where
  }: MongodbPlace & { readonly masterKey: Secret }): Promise<Keys> {
    const { mongodbKeys } = await import('#libs/adapters/mongodb');
    const database = await this.#open(where);
    const open = () =>
      mongodbKeys({ database, masterKey: masterKeyOf(masterKey), clock: systemClock });
    try {
      return await open();
    } catch (error) {
      if (error instanceof Fault && error.kind === 'unavailable') return keysWhenReachable(open);
      throw error;
    }
  }

  /** Somebody else's, whom we only read: that it is away is no trouble of our own stores. */
  foreign(where: MongodbPlace): Promise<MongoDatabase> {
    return this.#open(where, 'CAPTURE_UNREACHABLE');
  }

  /** A client for all that is followed at one address, as patient as a long search of a server takes. */
  followed(url: Secret, name: string): Promise<MongoDatabase> {
    const key = `followed ${url.reveal()}`;
    const known = this.#databases.get(key);
    if (known) return known;
    const opening = import('#libs/adapters/mongodb').then(({ followedDatabase }) => {
      const database = followedDatabase({ url: url.reveal() });
      const { opened } = this.opening;
      this.#watch(`mongodb/${name}`, database, 'CAPTURE_UNREACHABLE');
      return opened.add(database, (it) => it.close());
    });
    this.#databases.set(key, opening);
    return opening;
  }

  /** Each database once, however many clients it has. */
  #watch(name: string, database: MongoDatabase, away: Code): void {
    const { backEnds } = this.opening;
    if (backEnds.some((known) => known.name === name)) return;
    const ping = () =>
      database.run(away, async () => void (await database.db.command({ ping: 1 })));
    backEnds.push({ name, ping });
  }

  #open(
    { url, database: name }: MongodbPlace,
    away: Code = 'DOCUMENTS_UNAVAILABLE',
  ): Promise<MongoDatabase> {
    const key = `${name} ${url.reveal()}`;
    const known = this.#databases.get(key);
    if (known) return known;
    const opening = import('#libs/adapters/mongodb').then(({ MongoDatabase: Database }) => {
      const { opened } = this.opening;
      const database = opened.add(new Database({ url: url.reveal(), name }), (it) => it.close());
      this.#watch(`mongodb/${name}`, database, away);
      return database;
    });
    this.#databases.set(key, opening);
    return opening;
  }
}
