export { MongoDatabase, type MongoDatabaseOptions } from './database.js';
export { mongodbEventLog, type MongodbEventLogOptions } from './event-log.js';
