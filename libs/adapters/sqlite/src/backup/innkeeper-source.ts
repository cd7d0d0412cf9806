import type { Clock } from '#libs/kernel';
import type { BackupSource } from '#libs/ports/backup-source';

import type { SqliteDatabase } from '../database.js';

export interface SqliteInnkeeperSourceOptions {
  /** The connection that everything of this process writes by. */
  readonly database: SqliteDatabase;
  /** Whether a collection is made from others, and so is left out. */
  readonly derived: (collection: string) => boolean;
  /** The subscription whose messages are deliveries that nobody has taken in yet. */
  readonly waitingAt: string;
  /** Our version, for the manifest. */
  readonly madeBy: string;
  readonly clock: Clock;
}

export const sqliteInnkeeperSource = (_options: SqliteInnkeeperSourceOptions): BackupSource => {
  throw new Error('not yet');
};
