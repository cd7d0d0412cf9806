export { MongoDatabase, type MongoDatabaseOptions } from './database.js';
