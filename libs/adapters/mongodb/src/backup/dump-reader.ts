import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import {
  MongoClient,
  ReadPreference,
  type ClientSession,
  type Document,
  type Filter,
  type FindCursor,
  type FindOptions,
  type Timestamp,
} from 'mongodb';

import { fault, type Secret } from '#libs/kernel';
import type { ExportedSource, SourceWatch } from '#libs/ports/backup-source';

import { batchesOf, writeDocuments, type DumpedDocuments } from './dump-bytes.js';
import { goneFrom, indexesOf, listCollections, momentKeeper, sameCatalog } from './dump-catalog.js';
import { isBroken, isForgotten, readingFault } from './dump-faults.js';
import {
  dumpFolder,
  filesOf,
  isCapped,
  metadataText,
  namespaceOf,
  storedName,
  type DumpedCollection,
} from './dump-layout.js';

export interface DumpOrder {
  readonly url: Secret;
  readonly databases: readonly string[];
  /** How long a server is looked for: longer than an election, and not so long that it holds the run. */
  readonly timeoutMs?: number;
  /** Which collections belong to the copy. */
  readonly keeps: (collection: DumpedCollection) => boolean;
  /** A collection that only grows, in the order of `_id`: read up to its last document of the moment, outside of it. */
  readonly chain?: string;
}

export type ClusterMoment = Dump['moment'];

export interface Dump {
  readonly moment: { readonly seconds: number; readonly increment: number };
  readonly collections: ReadonlyMap<string, DumpedDocuments>;
  readonly files: number;
  readonly bytes: number;
  readonly versions: Readonly<Record<string, string>>;
  /** The last document of the chain; nothing where there is none. */
  readonly chainEnd?: Document;
  readonly warnings: ExportedSource['warnings'];
}

/** How often another moment is chosen, and how often one collection is begun again at the same moment. */
const MOMENTS = 3;
const ATTEMPTS = 5;
/** Each wait is longer by so much: ten seconds in all. */
const WAIT_MS = 1_000;

/** Reads databases as they were at one moment, in the layout of mongodump, into `<into>/dump`. */
export const readDump = async (
  order: DumpOrder,
  into: string,
  watch: SourceWatch,
): Promise<Dump> => {
  watch.signal.throwIfAborted();
  const client = new MongoClient(order.url.reveal(), {
    appName: 'innkeeper-backup',
    serverSelectionTimeoutMS: order.timeoutMs ?? 30_000,
    connectTimeoutMS: 10_000,
    retryReads: true,
  });
  try {
    await client.connect().catch((error: unknown) => {
      throw readingFault(error, order.databases.join(','));
    });
    return await atAnyMoment(new DumpReader(client, order, { into, watch }));
  } finally {
    await client.close().catch(() => undefined);
  }
};

/** What is read is of one moment; which one is not ours to insist on. */
const atAnyMoment = async (reader: DumpReader): Promise<Dump> => {
  const warnings: { code: string; detail: string }[] = [];
  for (let moment = 1; ; moment++) {
    const outcome = await reader.read(moment === MOMENTS);
    if (!('again' in outcome)) return { ...outcome, warnings: [...warnings, ...outcome.warnings] };
    if (moment === MOMENTS) throw outcome.again;
    warnings.push({ code: 'READ_AGAIN', detail: `moment=${moment} ${outcome.why}` });
  }
};

interface AnotherMoment {
  readonly again: unknown;
  readonly why: string;
}

interface DumpPlace {
  readonly into: string;
  readonly watch: SourceWatch;
}

interface ReadDocuments {
  readonly collections: Map<string, DumpedDocuments>;
  readonly chainEnd?: Document;
}

class DumpReader {
  readonly #warnings: { code: string; detail: string }[] = [];
  #files = 0;
  #bytes = 0;

  constructor(
    private readonly client: MongoClient,
    private readonly order: DumpOrder,
    private readonly place: DumpPlace,
  ) {}

  /** `last`: what went meanwhile is left out, instead of asking for another moment. */
  async read(last: boolean): Promise<Dump | AnotherMoment> {
    this.#warnings.length = 0;
    this.#files = 0;
    this.#bytes = 0;
    await rm(dumpFolder(this.place.into), { recursive: true, force: true });
    const session = this.client.startSession({ snapshot: true });
    try {
      return await this.#atMoment(session, last);
    } catch (error) {
      this.place.watch.signal.throwIfAborted();
      const cause = error instanceof CollectionError ? error.cause : error;
      const of = error instanceof CollectionError ? error.of : this.order.databases.join(',');
      if (isForgotten(cause)) return { again: readingFault(cause, of), why: `of=${of}` };
      throw readingFault(cause, of);
    } finally {
      await session.endSession().catch(() => undefined);
    }
  }

  async #atMoment(session: ClientSession, last: boolean): Promise<Dump | AnotherMoment> {
    const { collections, moment } = await this.#chooseMoment(session);
    const read = await this.#readAll(session, collections);
    const gone = goneFrom(await this.#kept(), collections);
    if (gone.length > 0) {
      const names = gone.map(namespaceOf).join(',');
      if (!last)
        return {
          again: fault('BACKUP_SOURCE_TOO_SLOW', { details: { of: names } }),
          why: `dropped=${names}`,
        };
      for (const each of gone) await this.#leaveOut(each, read.collections);
    }
    const counts = [...read.collections.values()].map(({ count }) => count);
    if (counts.every((count) => count === 0))
      throw fault('BACKUP_SOURCE_EMPTY', { details: { of: this.order.databases.join(',') } });
    return {
      moment,
      ...read,
      files: this.#files,
      bytes: this.#bytes,
      versions: await this.#versions(),
      warnings: [...this.#warnings],
    };
  }

  async #kept(): Promise<readonly DumpedCollection[]> {
    const listed = await this.#patiently(() => listCollections(this.client, this.order.databases));
    return listed.filter((each) => this.order.keeps(each));
  }

  /** A list is not of a moment. So it is asked for before and after, and both say the same or it is done again. */
  async #chooseMoment(
    session: ClientSession,
  ): Promise<{ collections: readonly DumpedCollection[]; moment: ClusterMoment }> {
    let before = await this.#kept();
    for (;;) {
      this.place.watch.signal.throwIfAborted();
      const moment = await this.#moment(session, before);
      const collections = await this.#kept();
      if (moment && sameCatalog(before, collections)) return { collections, moment };
      if (!moment && sameCatalog(before, collections)) throw noMoment(this.order);
      before = collections;
      forget(session);
    }
  }

  /** The first find in the session chooses it, on the primary: a secondary may be behind. */
  async #moment(
    session: ClientSession,
    collections: readonly DumpedCollection[],
  ): Promise<ClusterMoment | undefined> {
    const keeper = momentKeeper(collections);
    if (!keeper) {
      // Capped ones and views: nothing is read as of a moment.
      const said = await this.client.db('admin').command({ ping: 1 });
      return momentAt(said['operationTime'] as Timestamp | undefined);
    }
    const stored = this.client.db(keeper.database).collection(keeper.name);
    const options = { session, projection: { _id: 1 }, readPreference: 'primary' } as const;
    await stored.findOne({}, options).catch((error: unknown) => {
      throw new CollectionError(namespaceOf(keeper), error);
    });
    return momentAt(momentOf(session));
  }

  async #readAll(
    session: ClientSession,
    collections: readonly DumpedCollection[],
  ): Promise<ReadDocuments> {
    const read = new Map<string, DumpedDocuments>();
    let chainEnd: Document | undefined;
    for (const each of collections) {
      try {
        await this.#writeMetadata(each);
        if (each.type === 'view') continue;
        if (each.name === this.order.chain) chainEnd = await this.#chainEnd(session, each);
        if (isCapped(each))
          this.#warnings.push({ code: 'NOT_OF_THE_MOMENT', detail: `of=${namespaceOf(each)}` });
        read.set(namespaceOf(each), await this.#readOne(session, each, chainEnd));
      } catch (error) {
        throw new CollectionError(namespaceOf(each), error);
      }
    }
    return { collections: read, ...(chainEnd && { chainEnd }) };
  }

  async #writeMetadata(collection: DumpedCollection): Promise<void> {
    const { metadata } = filesOf(this.place.into, collection);
    await mkdir(join(metadata, '..'), { recursive: true, mode: 0o700 });
    const indexes = await this.#patiently(() => indexesOf(this.client, collection));
    const text = metadataText(collection, indexes);
    await writeFile(metadata, text, { mode: 0o600 });
    this.#files++;
    this.#bytes += Buffer.byteLength(text);
  }

  async #chainEnd(
    session: ClientSession,
    { database, name }: DumpedCollection,
  ): Promise<Document | undefined> {
    const options = { session, sort: { _id: -1 }, projection: { facts: 0 } } as const;
    const stored = this.client.db(database).collection(name);
    return (await this.#patiently(() => stored.findOne({}, options))) ?? undefined;
  }

  async #readOne(
    session: ClientSession,
    collection: DumpedCollection,
    chainEnd: Document | undefined,
  ): Promise<DumpedDocuments> {
    const { watch, into } = this.place;
    const of = namespaceOf(collection);
    const { documents } = filesOf(into, collection);
    const onBatch = (bytes: number) =>
      watch.onProgress?.({ of, filesDone: this.#files, bytesDone: this.#bytes + bytes });
    const done = await this.#patiently(() =>
      writeDocuments(documents, batchesOf(this.#cursor(session, collection, chainEnd)), onBatch),
    );
    this.#files++;
    this.#bytes += done.bytes;
    return done;
  }

  /** A connection that breaks costs the reading of one collection, not the moment: another primary takes seconds. */
  async #patiently<T>(read: () => Promise<T>): Promise<T> {
    const { signal } = this.place.watch;
    for (let attempt = 1; ; attempt++) {
      try {
        return await read();
      } catch (error) {
        signal.throwIfAborted();
        if (attempt === ATTEMPTS || !isBroken(error)) throw error;
        await delay(WAIT_MS * attempt, undefined, { signal });
      }
    }
  }

  #cursor(
    session: ClientSession,
    collection: DumpedCollection,
    chainEnd: Document | undefined,
  ): FindCursor<unknown> {
    const stored = this.client.db(collection.database).collection(storedName(collection));
    const options: FindOptions & { signal: AbortSignal } = {
      raw: true,
      signal: this.place.watch.signal,
      // As fresh as a minute and a half; if none is, the primary.
      readPreference: new ReadPreference('secondaryPreferred', undefined, {
        maxStalenessSeconds: 90,
      }),
    };
    const settled = { readConcern: 'majority' } as const;
    if (collection.name === this.order.chain && chainEnd)
      return stored.find(upTo(chainEnd), { ...options, ...settled, sort: { _id: 1 } });
    // The server reads no capped collection as of a moment; what it holds is read once, as it lies there.
    if (isCapped(collection))
      return stored.find({}, { ...options, ...settled, sort: { $natural: 1 } });
    return stored.find({}, { ...options, session, sort: { _id: 1 } });
  }

  async #leaveOut(collection: DumpedCollection, read: Map<string, DumpedDocuments>): Promise<void> {
    const { documents, metadata } = filesOf(this.place.into, collection);
    for (const file of [documents, metadata]) {
      this.#bytes -= (await stat(file)).size;
      this.#files--;
      await rm(file);
    }
    read.delete(namespaceOf(collection));
    this.#warnings.push({ code: 'DROPPED_MEANWHILE', detail: `of=${namespaceOf(collection)}` });
  }

  /** What a person without the right to ask is not told is left out. */
  async #versions(): Promise<Readonly<Record<string, string>>> {
    const admin = this.client.db('admin');
    const { version } = (await admin.command({ buildInfo: 1 })) as { version: string };
    const asked = await admin
      .command({ getParameter: 1, featureCompatibilityVersion: 1 })
      .catch((): Document => ({}));
    const compatibility = asked['featureCompatibilityVersion'] as { version?: string } | undefined;
    return {
      mongod: version,
      driver: driverVersion,
      ...(compatibility?.version !== undefined && {
        featureCompatibilityVersion: compatibility.version,
      }),
    };
  }
}

const { version: driverVersion } = createRequire(import.meta.url)('mongodb/package.json') as {
  version: string;
};

const upTo = (last: Document): Filter<Document> =>
  ({ _id: { $lte: last['_id'] as unknown } }) as Filter<Document>;

/** The driver keeps the moment of a session where its types do not show it. */
type MomentOfSession = { snapshotTime?: Timestamp | undefined };

const momentOf = (session: ClientSession): Timestamp | undefined =>
  (session as MomentOfSession).snapshotTime;

const momentAt = (time: Timestamp | undefined): ClusterMoment | undefined =>
  time && { seconds: time.t, increment: time.i };

/** A copy without one would be of many moments, and nothing would say so. */
const noMoment = ({ databases }: DumpOrder) =>
  fault('BACKUP_SOURCE_UNREADABLE', {
    details: { of: databases.join(','), needs: 'a replica set' },
  });

const forget = (session: ClientSession): void => {
  (session as MomentOfSession).snapshotTime = undefined;
};

/** Which collection it was that could not be read. */
class CollectionError extends Error {
  constructor(
    readonly of: string,
    override readonly cause: unknown,
  ) {
    super('a collection was not read', { cause });
  }
}
