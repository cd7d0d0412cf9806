import type { Clock } from '#libs/kernel';
import type { BackupSource } from '#libs/ports/backup-source';

import type { SqliteKeys } from '../keys.js';

export interface SqliteKeysSourceOptions {
  readonly keys: SqliteKeys;
  /** Our version, for the manifest. */
  readonly madeBy: string;
  readonly clock: Clock;
}

export const sqliteKeysSource = (_options: SqliteKeysSourceOptions): BackupSource => {
  throw new Error('not yet');
};
