export { mongodbChangeFeed, type MongodbChangeFeedOptions } from './change-feed/change-feed.js';
export { followedDatabase, type FollowedDatabaseOptions } from './change-feed/followed-source.js';
export { MongoDatabase, type MongoDatabaseOptions } from './database.js';
export { mongodbEventLog, type MongodbEventLogOptions } from './event-log.js';
export { mongodbKeys, REMEMBERED_MS, type MongodbKeysOptions } from './keys.js';
export {
  mongodbSnapshotReader,
  type FindAtMoment,
  type SnapshotQuery,
  type SnapshotReader,
  type SnapshotReaderOptions,
} from './snapshot-reader.js';
export { mongodbDocuments, type MongodbDocumentsOptions } from './documents.js';
export { mongodbLeases } from './leases.js';
export {
  innkeeperMongodbSource,
  keysMongodbSource,
  type InnkeeperMongodbOptions,
  type KeysMongodbOptions,
} from './backup/innkeeper-source.js';
export { filesOf as dumpedFilesOf } from './backup/dump-layout.js';
export { mongodbSource, type MongodbSourceOptions } from './backup/mongodb-source.js';
export { proveDump, type DumpProofOptions } from './backup/prove-dump.js';
export {
  loadDump,
  removeDatabase,
  restoreMongodb,
  type MongodbRestoreOrder,
  type RestoredMongodb,
} from './backup/restore-mongodb.js';
export {
  startScratchMongod,
  type ScratchMongod,
  type ScratchMongodOptions,
} from './backup/scratch-mongod.js';
export {
  newestSealedInMongodb,
  type RestoredDatabases,
  type SealedInMongodb,
} from './backup/newest-sealed.js';
