import { BSON, MongoClient, type AnyBulkWriteOperation, type Document } from 'mongodb';

import { followedDatabase, mongodbChangeFeed } from '#libs/adapters/mongodb';
import type { Json, JsonObject } from '#libs/kernel';
import type { ChangeFeed } from '#libs/ports/change-feed';
import { databaseName, type MongoReplicaSet, type ToxicProxy } from '#libs/testing';
import type { ChangeFeedWorld, FollowedPart } from '#suites/change-feed';

const { EJSON } = BSON;

const bsonOf = (json: JsonObject): Document =>
  EJSON.deserialize(json, { relaxed: false }) as Document;

const idOf = (json: Json): never => bsonOf({ id: json })['id'] as never;

const replacing = (document: JsonObject): AnyBulkWriteOperation => {
  const replacement = bsonOf(document);
  return {
    replaceOne: { filter: { _id: idOf(document['_id'] ?? null) }, replacement, upsert: true },
  };
};

/** A collection of a database of its own on a real set, written by a client of its own. */
export const worldOn = async (
  set: Pick<MongoReplicaSet, 'url'>,
  proxy?: ToxicProxy,
): Promise<ChangeFeedWorld> => {
  const name = databaseName();
  const client = await new MongoClient(set.url).connect();
  const collection = client.db(name).collection('followed', { writeConcern: { w: 'majority' } });
  const url = proxy ? `mongodb://${proxy.host}/?directConnection=true` : set.url;
  const database = followedDatabase({ url, timeoutMs: 3000 });
  const feeds: ChangeFeed[] = [];
  return {
    follow: async (part: FollowedPart) => {
      const options = { database: name, collection: 'followed', ...part };
      const feed = mongodbChangeFeed({ database, options });
      feeds.push(feed);
      return feed;
    },
    write: async (...documents) => {
      await collection.bulkWrite(documents.map(replacing));
    },
    change: async (id, fields) => {
      await collection.updateOne({ _id: idOf(id) }, { $set: bsonOf(fields) });
    },
    remove: async (id) => {
      await collection.deleteOne({ _id: idOf(id) });
    },
    writeTogether: (documents) =>
      client.withSession((session) =>
        session.withTransaction(async () => {
          await collection.bulkWrite(documents.map(replacing), { session });
        }),
      ),
    drop: async () => {
      await collection.drop();
    },
    writeUnreadable: async (id) => {
      let deep: Document = {};
      for (let level = 0; level < 90; level++) deep = { deep };
      await collection.insertOne({ _id: id as never, deep });
    },
    away: async () => proxy?.cut(),
    back: async () => proxy?.mend(),
    loseHistory: () => Promise.resolve(),
    forbid: () => Promise.resolve(),
    dispose: async () => {
      await proxy?.mend();
      await Promise.all(feeds.map((feed) => feed.close()));
      await database.close();
      await client.db(name).dropDatabase();
      await client.close();
    },
    capabilities: {
      goesAway: proxy ? true : { not: 'toxiproxy is not there' },
      losesHistory: { not: 'the set is shared; change-feed-locked.int.spec.ts has one of its own' },
      forbids: { not: 'the set has no users; change-feed-locked.int.spec.ts has some' },
    },
  };
};
