import { describe, expect, it } from '@jest/globals';

import { SqliteDatabase, sqliteDocuments } from '#libs/adapters/sqlite';
import type { Documents } from '#libs/ports/documents';
import { documentsBehaviours, manualClock, worldOf } from '#suites/documents';

import { documentsWithoutEra } from '../src/saboteurs/documents-without-era.js';

const rejectedBy = async (sabotage: (documents: Documents) => Documents): Promise<string[]> => {
  const database = new SqliteDatabase(':memory:');
  const clock = manualClock();
  const none = () => Promise.resolve();
  const harness = {
    clock,
    make: () => Promise.resolve(sabotage(sqliteDocuments({ database, clock }))),
    ...{ settle: none, restart: none, dispose: none },
  };
  const failed: string[] = [];
  for (const [title, run] of Object.entries(documentsBehaviours))
    await run(await worldOf(harness)).catch(() => failed.push(title));
  await database.close();
  return failed;
};

describe('the documents suite', () => {
  it('rejects documents whose fence ignores the era, by what it says about eras', async () => {
    expect(await rejectedBy(documentsWithoutEra)).toEqual([
      'lets a newer era write at a lower position',
      'refuses an older era at a higher position, and at the same one',
      'compares eras and positions as large as they get',
    ]);
  });

  it('accepts the same documents when they are not sabotaged', async () => {
    expect(await rejectedBy((documents) => documents)).toEqual([]);
  });
});
