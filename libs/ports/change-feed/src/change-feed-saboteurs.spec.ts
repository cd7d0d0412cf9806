import { describe, expect, it } from '@jest/globals';

import {
  feedOpeningAtNow,
  feedScanningOneType,
  feedWithoutAbsence,
  MemoryCollection,
  MemoryFeed,
} from '#libs/testing';
import {
  changeFeedBehaviours,
  changeFeedContract,
  runBehaviour,
  type MakeChangeFeedWorld,
} from '#suites/change-feed';

import type { ChangeFeed } from './index.js';

const inMemory =
  (disguise: (inner: ChangeFeed) => ChangeFeed): MakeChangeFeedWorld =>
  async () => {
    const collection = new MemoryCollection();
    collection.drop();
    return {
      follow: async (part) => disguise(new MemoryFeed(collection, part)),
      write: async (...documents) => {
        for (const document of documents) collection.write(document);
      },
      change: async (id, fields) => collection.change(id, fields),
      remove: async (id) => collection.remove(id),
      writeTogether: async (documents) => {
        await Promise.resolve();
        collection.together(() => {
          for (const document of documents) collection.write(document);
        });
      },
      drop: async () => collection.drop(),
      writeUnreadable: async (id) => {
        collection.write({ _id: id });
        collection.breakDocument(id);
      },
      away: async () => collection.away(),
      back: async () => collection.back(),
      loseHistory: async () => collection.loseHistory(),
      forbid: async () => collection.forbid(),
      dispose: () => Promise.resolve(),
      capabilities: { goesAway: true, losesHistory: true, forbids: true },
    };
  };

const rejectedFor = async (disguise: (inner: ChangeFeed) => ChangeFeed): Promise<string[]> => {
  const rejected: string[] = [];
  for (const [title, behaviour] of Object.entries(changeFeedBehaviours))
    await runBehaviour(inMemory(disguise), behaviour).catch(() => rejected.push(title));
  return rejected;
};

changeFeedContract(
  'nothing but memory',
  inMemory((inner) => inner),
);

describe('the suite of change-feed', () => {
  it('rejects one that leaves out what is absent', async () => {
    expect(await rejectedFor(feedWithoutAbsence)).toEqual([
      'tells the end of a collection after its last change, and follows the next only when asked',
      'reads one each in order, and what is absent as absent',
      'says that a document is too large, by what is chosen of it',
    ]);
  });

  it('rejects one that opens where the database is now', async () => {
    const losing = inMemory(feedOpeningAtNow);
    const stopped = 'loses nothing when it stops before the first change ever';
    await expect(
      runBehaviour(losing, changeFeedBehaviours[stopped] ?? (() => Promise.resolve())),
    ).rejects.toThrow();
  });

  it('rejects one that scans one type of identity', async () => {
    expect(await rejectedFor(feedScanningOneType)).toEqual([
      'scans every document once, over all types of identity',
      'scans one group',
    ]);
  });
});
