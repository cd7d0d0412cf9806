export { SqliteDatabase } from './database.js';
export { sqliteBus, type SqliteBus, type SqliteBusOptions } from './bus.js';
export { sqliteEventLog, type SqliteEventLogOptions } from './event-log.js';
export { sqliteDocuments, type SqliteDocuments } from './documents.js';
export { sqliteLeases, type Stopwatch } from './leases.js';
export { sqliteKeys, type SqliteKeys, type SqliteKeysOptions } from './keys.js';
export { sqliteJobQueue, type SqliteJobQueue, type SqliteJobQueueOptions } from './job-queue.js';
export {
  sqliteSearchIndex,
  type SqliteSearchIndex,
  type SqliteSearchIndexOptions,
} from './search-index/search-index.js';
export {
  sqliteInnkeeperSource,
  type SqliteInnkeeperSourceOptions,
} from './backup/innkeeper-source.js';
export { sqliteKeysSource, type SqliteKeysSourceOptions } from './backup/keys-source.js';
export { proveDatabase, type ProvedDatabase } from './backup/prove-database.js';
export { newestSealed, type SealedValue } from './backup/newest-sealed.js';
