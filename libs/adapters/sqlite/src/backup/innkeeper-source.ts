import type { Clock } from '#libs/kernel';
import type { BackupSource } from '#libs/ports/backup-source';

import type { SqliteDatabase } from '../database.js';
import { TABLE_PREFIX } from '../documents-table.js';
import { exportDatabase } from './export-database.js';
import { proveDatabase } from './prove-database.js';

export interface SqliteInnkeeperSourceOptions {
  /** The connection that everything of this process writes by. */
  readonly database: SqliteDatabase;
  /** Whether a collection is made from others, and so is left out. */
  readonly derived: (collection: string) => boolean;
  /** The subscription whose messages are deliveries that nobody has taken in yet. */
  readonly waitingAt: string;
  /** Ours, for the manifest: `innkeeper`, and `data` for the layout of the data directory. */
  readonly versions: Readonly<Record<string, string>>;
  readonly clock: Clock;
}

/**
 * What is on the way, and is sent again. Terms of leases and numbers of messages stay: fences and dead letters that are
 * kept count by them, and no number may be given twice.
 */
const PASSING: ReadonlySet<string> = new Set(['bus_messages', 'jobs', 'job_schedules']);
const NAMED = { source: 'innkeeper', kind: 'innkeeper', file: 'innkeeper.db' } as const;

/** The one file of an embedded platform, without what is made from its log. */
export const sqliteInnkeeperSource = ({
  database,
  derived,
  waitingAt,
  versions,
  clock,
}: SqliteInnkeeperSourceOptions): BackupSource => {
  const isLeftOut = (table: string): boolean =>
    PASSING.has(table) ||
    (table.startsWith(TABLE_PREFIX) && derived(table.slice(TABLE_PREFIX.length)));
  const exported = {
    ...NAMED,
    ...{ waitingAt, versions, clock },
    copy: database.copy.bind(database),
    drop: (tables: readonly string[]) => tables.filter(isLeftOut),
  };
  return {
    name: NAMED.source,
    kind: NAMED.kind,
    export: (into, watch) => exportDatabase(exported, into, watch),
    prove: (restored, watch) => proveDatabase(NAMED, restored, watch),
  };
};
