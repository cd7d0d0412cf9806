import { describe, expect, it } from '@jest/globals';

import type { BackupTrouble } from '#libs/backups';
import type { NewDocument, StoredDocument } from '#libs/ports/documents';

import { heardOfBackups, tellBackups, type ToldBackupsParts } from './told-backups.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const late: BackupTrouble = { code: 'BACKUP_LATE', about: 'backups', says: 'Late.', since: 5 };

/** One document, and a clock that the test sets. */
const rig = () => {
  let stored: StoredDocument | undefined;
  let now = 100 * HOUR;
  const documents = {
    get: async () => [stored],
    swap: async (_of: unknown, document: NewDocument, expected: number) => {
      const version = stored?.version ?? 0;
      if (version !== expected) return { swapped: false, version } as const;
      stored = { ...document, version: version + 1 };
      return { swapped: true, version: version + 1 } as const;
    },
  };
  const parts = { documents, clock: { now: () => now } } as unknown as ToldBackupsParts;
  return {
    tell: (...troubles: readonly BackupTrouble[]) => tellBackups(parts, { troubles }),
    hear: async (since = now) => (await heardOfBackups(parts, async () => since)()).troubles,
    pass: (ms: number) => (now += ms),
  };
};

describe('backups, as a process that makes none knows them', () => {
  it('are as troubled as who makes them last said', async () => {
    const { tell, hear, pass } = rig();
    await tell(late);
    pass(10 * MINUTE);
    expect(await hear()).toEqual([late]);
    await tell();
    expect(await hear()).toEqual([]);
  });

  it('are troubled when nobody speaks of them any more, for nobody would tell of a late one', async () => {
    const { tell, hear, pass } = rig();
    await tell(late);
    pass(16 * MINUTE);
    expect(await hear()).toMatchObject([
      { code: 'BACKUP_ORCHESTRATOR_GONE', since: 100 * HOUR },
      late,
    ]);
  });

  it('are late where nobody ever spoke of them, a day after the first fact', async () => {
    const { hear, pass } = rig();
    const since = 100 * HOUR;
    pass(25 * HOUR);
    expect(await hear(since)).toEqual([]);
    pass(2 * HOUR);
    expect(await hear(since)).toMatchObject([{ code: 'BACKUP_LATE', since: since + 26 * HOUR }]);
  });
});
