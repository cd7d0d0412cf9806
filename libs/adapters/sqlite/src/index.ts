export { SqliteDatabase } from './database.js';
