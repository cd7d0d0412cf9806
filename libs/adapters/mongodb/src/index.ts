export { mongodbChangeFeed, type MongodbChangeFeedOptions } from './change-feed/change-feed.js';
export { followedDatabase, type FollowedDatabaseOptions } from './change-feed/followed-source.js';
export { MongoDatabase, type MongoDatabaseOptions } from './database.js';
export { mongodbEventLog, type MongodbEventLogOptions } from './event-log.js';
export { mongodbKeys, REMEMBERED_MS, type MongodbKeysOptions } from './keys.js';
export { mongodbDocuments, type MongodbDocumentsOptions } from './documents.js';
export { mongodbLeases } from './leases.js';
