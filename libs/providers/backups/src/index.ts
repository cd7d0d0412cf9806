export { backups, RUN_CHANGED } from './backups.js';
