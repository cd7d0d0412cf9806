export { SqliteDatabase } from './database.js';
export { sqliteBus, type SqliteBus, type SqliteBusOptions } from './bus.js';
export { sqliteEventLog, type SqliteEventLogOptions } from './event-log.js';
