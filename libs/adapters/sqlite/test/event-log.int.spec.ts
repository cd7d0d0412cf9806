import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SqliteDatabase, sqliteEventLog } from '#libs/adapters/sqlite';
import { LogProcesses } from '#libs/testing';
import { eventLogContract, type EventLogHarness, type Log } from '#suites/event-log';

/** Every client has a connection of its own to one file, as another process has. */
const onFiles = (): Promise<EventLogHarness> => {
  const processes = new LogProcesses();
  return Promise.resolve({
    make: (clock) => {
      const folder = mkdtempSync(join(tmpdir(), 'innkeeper-log-'));
      const path = join(folder, 'innkeeper.db');
      const open = new Map<Log, SqliteDatabase>();
      const closeAll = async (): Promise<void> => {
        await Promise.all([...open.values()].map((database) => database.close()));
        open.clear();
      };
      return Promise.resolve({
        open: () => {
          const database = new SqliteDatabase(path);
          const log = sqliteEventLog({ database, clock, wakeMs: 50 });
          open.set(log, database);
          return Promise.resolve(log);
        },
        close: async (log: Log) => open.get(log)?.close(),
        settle: () => Promise.resolve(),
        restart: closeAll,
        process: (work) => processes.start(['sqlite', path], work),
        dispose: async () => {
          await closeAll();
          rmSync(folder, { recursive: true });
        },
      });
    },
    dispose: () => processes.dispose(),
  });
};

eventLogContract('the log on SQLite', onFiles);
