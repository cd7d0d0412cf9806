import { describe, expect, it } from '@jest/globals';

import type { BackupSource } from '#libs/ports/backup-source';
import { backupSourceDeaf, backupSourceRemembering, backupSourceTrusting } from '#libs/testing';
import { backupSourceBehaviours, backupSourceContract } from '#suites/backup-source';

import { innkeeperHarness, keysHarness } from './backup-harness.js';

backupSourceContract('the embedded database', innkeeperHarness);
backupSourceContract('the embedded keys', keysHarness);

const rejectedBy = async (sabotage: (inner: BackupSource) => BackupSource): Promise<string[]> => {
  const rejected: string[] = [];
  for (const [title, behaviour] of Object.entries(backupSourceBehaviours)) {
    const honest = await keysHarness();
    const harness = { ...honest, source: sabotage(honest.source) };
    await behaviour(harness).catch(() => rejected.push(title));
    await honest.dispose();
  }
  return rejected;
};

describe('the suite of backup sources', () => {
  it('rejects one that believes every copy', async () => {
    expect(await rejectedBy(backupSourceTrusting)).toEqual([
      'names each difference of a damaged copy, and does not break',
      'believes no manifest that it cannot read',
    ]);
  });

  it('rejects one that goes on after it was stopped', async () => {
    expect(await rejectedBy(backupSourceDeaf)).toEqual([
      'ends with the reason when it is stopped, and can be done again',
    ]);
  });

  it('rejects one that says what it held before', async () => {
    expect(await rejectedBy(backupSourceRemembering)).toEqual([
      'says the same of the same content, and other things of other content',
    ]);
  });
});
