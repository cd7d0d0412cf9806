import { BSON, type Document, type Timestamp } from 'mongodb';

import type {
  ChangeFeed,
  DocumentKey,
  DocumentsRead,
  FeedHealth,
  FeedOptions,
  FeedPlace,
  OpenFeed,
  ScanPage,
  ScanRequest,
} from '#libs/ports/change-feed';

import type { MongoDatabase } from '../database.js';
import { feedTimeOf } from './feed-documents.js';
import { examined } from './feed-health.js';
import { watchPipeline } from './feed-pipelines.js';
import { FeedReader } from './feed-reader.js';
import { FollowedSource } from './followed-source.js';
import { OpenMongodbFeed } from './open-feed.js';

export interface MongodbChangeFeedOptions {
  /** Of `followedDatabase`; feeds of one URL share it. */
  readonly database: MongoDatabase;
  readonly options: FeedOptions;
}

export const mongodbChangeFeed = ({ database, options }: MongodbChangeFeedOptions): ChangeFeed =>
  new MongodbChangeFeed(new FollowedSource(database, options));

class MongodbChangeFeed implements ChangeFeed {
  readonly #reader: FeedReader;
  readonly #open = new Set<OpenFeed>();

  constructor(private readonly source: FollowedSource) {
    this.#reader = new FeedReader(source);
  }

  async now(): Promise<FeedPlace> {
    await this.source.follow();
    const { operationTime, cursor } = await this.source.run(() => this.#begun());
    const at = feedTimeOf(operationTime);
    // What the place is behind must be in the readings after it.
    this.#reader.notBefore(at);
    return { token: BSON.EJSON.stringify(cursor.postBatchResumeToken, { relaxed: false }), at };
  }

  async open(after: FeedPlace): Promise<OpenFeed> {
    const told = (at: FeedPlace['at']) => this.#reader.notBefore(at);
    told(after.at);
    const opened = new OpenMongodbFeed(this.source, after, told);
    this.#open.add(opened);
    return opened;
  }

  read(keys: readonly DocumentKey[]): Promise<DocumentsRead> {
    return this.#reader.read(keys);
  }

  scan(request: ScanRequest): Promise<ScanPage> {
    return this.#reader.scan(request);
  }

  count(): Promise<number> {
    return this.#reader.count();
  }

  examine(): Promise<FeedHealth> {
    return examined(this.source);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((opened) => opened.close()));
    this.#open.clear();
  }

  /** A stream that is opened and left at once: its first answer has a token, before any event ever. */
  async #begun(): Promise<Begun> {
    const { db, options } = this.source;
    const session = db.client.startSession({ causalConsistency: false });
    try {
      const pipeline = [{ $changeStream: {} }, ...watchPipeline(options)];
      const begun = (await db.command(
        {
          ...{ aggregate: options.collection, pipeline, cursor: { batchSize: 0 } },
          readConcern: { level: 'majority' },
        },
        { session, promoteLongs: false },
      )) as Begun;
      await db.command(
        { killCursors: options.collection, cursors: [begun.cursor.id] },
        { session },
      );
      return begun;
    } finally {
      await session.endSession();
    }
  }
}

interface Begun {
  readonly operationTime: Timestamp;
  readonly cursor: { readonly id: BSON.Long; readonly postBatchResumeToken: Document };
}
