import { MongoServerError, type Collection, type Db, type UUID } from 'mongodb';

import { fault } from '#libs/kernel';
import type { FeedOptions } from '#libs/ports/change-feed';

import { MongoDatabase } from '../database.js';
import { forFeeds, forStreams } from './feed-faults.js';

export interface FollowedDatabaseOptions {
  readonly url: string;
  /** As of any database of ours. */
  readonly timeoutMs?: number;
  /** A server that goes through a long history, or many documents, says nothing meanwhile. */
  readonly silenceMs?: number;
}

/** A client for all feeds of one URL. Who opens it closes it. */
export const followedDatabase = ({
  url,
  timeoutMs,
  silenceMs = 120_000,
}: FollowedDatabaseOptions): MongoDatabase =>
  new MongoDatabase({
    url,
    name: 'admin',
    silenceMs,
    ...(timeoutMs !== undefined && { timeoutMs }),
  });

/** What the database says of the collection that a name stands for now. */
export interface CollectionInfo {
  readonly type: string;
  /** Another one after it was dropped and made again; missing where the database does not let us see it. */
  readonly uuid?: string;
  readonly preImages: boolean;
}

/** The followed collection, and whether it is still the one that was followed. */
export class FollowedSource {
  readonly db: Db;
  readonly collection: Collection;
  #uuid: string | undefined;
  #isKnown = false;

  constructor(
    readonly database: MongoDatabase,
    readonly options: FeedOptions,
  ) {
    this.db = database.named(options.database);
    this.collection = this.db.collection(options.collection);
  }

  run<T>(work: () => Promise<T>, patienceMs?: number): Promise<T> {
    return this.database.runAs(forFeeds, work, patienceMs);
  }

  /** For what a server may search long. */
  search<T>(work: () => Promise<T>): Promise<T> {
    return this.run(work, this.database.silenceMs);
  }

  /** For a stream from a place, which the server may not take for one. */
  stream<T>(work: () => Promise<T>): Promise<T> {
    return this.database.runAs(forStreams, work, this.database.silenceMs);
  }

  /** Follows what has the name now. */
  async follow(): Promise<void> {
    this.#uuid = (await this.#there()).uuid;
    this.#isKnown = true;
  }

  /** Once, before anything is read. */
  async ensure(): Promise<void> {
    if (!this.#isKnown) await this.follow();
  }

  /**
   * After a reading that found something absent: all of it may have been dropped, which is another thing. What was made
   * again under the name is another collection.
   */
  async confirm(): Promise<void> {
    const { uuid } = await this.#there();
    if (uuid !== this.#uuid) throw fault('CAPTURE_COLLECTION_GONE');
  }

  async #there(): Promise<CollectionInfo> {
    const info = await this.info();
    if (!info) throw fault('CAPTURE_COLLECTION_GONE');
    return info;
  }

  info(): Promise<CollectionInfo | undefined> {
    return this.run(async () => {
      const [found] = await this.#listed({ nameOnly: false }).catch((error: unknown) => {
        if (!(error instanceof MongoServerError) || error.code !== NOT_AUTHORIZED) throw error;
        return this.#listed({ nameOnly: true, authorizedCollections: true });
      });
      return found && infoOf(found);
    });
  }

  #listed(how: {
    nameOnly: boolean;
    authorizedCollections?: boolean;
  }): Promise<ListedCollection[]> {
    const listed = this.db.listCollections({ name: this.options.collection }, how).toArray();
    return listed as Promise<ListedCollection[]>;
  }
}

const NOT_AUTHORIZED = 13;

/** Of what the server lists, the part that we look at. */
interface ListedCollection {
  readonly type?: string;
  readonly info?: { readonly uuid?: UUID };
  readonly options?: {
    readonly changeStreamPreAndPostImages?: { readonly enabled?: boolean };
  };
}

const infoOf = ({ type, info, options }: ListedCollection): CollectionInfo => ({
  type: type ?? 'collection',
  ...(info?.uuid && { uuid: info.uuid.toHexString() }),
  preImages: options?.changeStreamPreAndPostImages?.enabled === true,
});
