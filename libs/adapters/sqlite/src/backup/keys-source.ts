import type { Clock } from '#libs/kernel';
import type { BackupSource } from '#libs/ports/backup-source';

import type { SqliteKeys } from '../keys.js';
import { exportDatabase } from './export-database.js';
import { proveDatabase } from './prove-database.js';

export interface SqliteKeysSourceOptions {
  readonly keys: Pick<SqliteKeys, 'copy'>;
  /** Ours, for the manifest: `innkeeper`, and `data` for the layout of the data directory. */
  readonly versions: Readonly<Record<string, string>>;
  readonly clock: Clock;
}

const NAMED = { source: 'keys', kind: 'keys', file: 'keys.db' } as const;

/** Keys, each wrapped by the master key, which is not in here. A destroyed one has left zeros and its tombstone. */
export const sqliteKeysSource = ({
  keys,
  versions,
  clock,
}: SqliteKeysSourceOptions): BackupSource => {
  const exported = {
    ...NAMED,
    ...{ versions, clock },
    copy: keys.copy.bind(keys),
    drop: (): readonly string[] => [],
  };
  return {
    name: NAMED.source,
    kind: NAMED.kind,
    export: (into, watch) => exportDatabase(exported, into, watch),
    prove: (restored, watch) => proveDatabase(NAMED, restored, watch),
  };
};
