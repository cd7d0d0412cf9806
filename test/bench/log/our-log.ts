import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { SqliteDatabase, sqliteEventLog, sqliteKeys } from '#libs/adapters/sqlite';
import { createJournal, type FactObservation } from '#libs/journal';
import { Secret, systemClock } from '#libs/kernel';

/** The log and its keys as the platform opens them. */
export const openLog = (folder: string) => {
  const database = new SqliteDatabase(join(folder, 'innkeeper.db'));
  const masterKey = new Secret<Uint8Array>(new Uint8Array(randomBytes(32)));
  const keys = sqliteKeys({ path: join(folder, 'keys.db'), masterKey });
  const log = sqliteEventLog({ database, clock: systemClock });
  const journal = createJournal({ log, keys });
  return {
    async append(observations: readonly FactObservation[]): Promise<void> {
      await journal.observe(await journal.prepare(observations));
    },

    /** Reads everything in order and opens it; answers how many facts it read. */
    async tail(batch: number): Promise<number> {
      for (let after = 0; ; after += batch) {
        const facts = await log.read(after, batch);
        keys.open(
          facts.flatMap(({ stream, personal }) => (personal ? [{ stream, sealed: personal }] : [])),
        );
        if (facts.length < batch) return after + facts.length;
      }
    },

    async close(): Promise<void> {
      await database.close();
      keys.close();
    },
  };
};
