import { describe, expect, it } from '@jest/globals';

import {
  repositoryBreakingLocks,
  repositoryRemovingByName,
  repositorySkippingMissing,
  type MemoryRepository,
} from '#libs/testing';

import { snapshotRepositoryBehaviours } from './snapshot-repository.contract.js';
import type { SnapshotRepository } from './snapshot-repository.port.js';
import { memoryRepositoryHarness } from './snapshot-repository-in-memory.contract.js';

const rejectedBy = async (
  sabotage: (inner: MemoryRepository) => SnapshotRepository,
): Promise<string[]> => {
  const rejected: string[] = [];
  for (const [title, behaviour] of Object.entries(snapshotRepositoryBehaviours)) {
    const honest = memoryRepositoryHarness();
    const harness = {
      ...honest,
      make: (as?: { readonly password: 'other' }) => sabotage(honest.make(as)),
    };
    await behaviour(harness).catch(() => rejected.push(title));
  }
  return rejected;
};

describe('the suite of the snapshot repository', () => {
  it('accepts an honest one', async () => {
    expect(await rejectedBy((inner) => inner)).toEqual([]);
  });

  it('rejects one that leaves out what is missing', async () => {
    expect(await rejectedBy(repositorySkippingMissing)).toEqual([
      'makes no snapshot where a path is missing',
    ]);
  });

  it('rejects one that takes every lock for stale', async () => {
    expect(await rejectedBy(repositoryBreakingLocks)).toEqual([
      'respects the lock of one who works',
    ]);
  });

  it('rejects one that removes more than was named', async () => {
    expect(await rejectedBy(repositoryRemovingByName)).toEqual([
      'removes the snapshots that were named and none besides, and gives their room back',
    ]);
  });
});
