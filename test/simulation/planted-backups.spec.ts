import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { BackupsParts } from '#libs/backups';
import type { Documents } from '#libs/ports/documents';

import { asking, dying, historyOf, losses, pausing, turnsOf } from './harness/backup-histories.js';
import { TIMEOUT_MS } from './harness/runs.js';
import { brokenPromises } from './harness/backup-promises.js';
import { TroubledBackups, type BackupTrouble } from './harness/troubled-backups.js';

/** The same in every run: that these are found must not be a matter of luck. */
const seed = 20_261_201;

/** What is broken first, if anything is. */
const found = async (
  parts: (parts: BackupsParts) => BackupsParts,
  history: fc.Arbitrary<BackupTrouble[]>,
): Promise<readonly string[]> => {
  let broken: readonly string[] = [];
  const property = fc.asyncProperty(history, turnsOf, (troubles, turns) =>
    TroubledBackups.run(
      troubles,
      turns,
      async (world) => {
        broken = await brokenPromises(world);
        expect(broken).toEqual([]);
      },
      { parts },
    ),
  );
  await fc.check(property, { seed, numRuns: 100, endOnFailure: true });
  return broken;
};

/** Each of these is the code that somebody would write; each is found in a part of the usual number of histories. */
describe('a fault that is planted in backups', () => {
  it(
    'is found: documents that are written without a look at who wrote before',
    async () => {
      const broken = await found(
        (parts) => ({ ...parts, documents: lastWriteWins(parts.documents) }),
        historyOf(asking, dying, pausing, pausing),
      );
      expect(broken).not.toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    'is found: a history that counts as told before it has arrived',
    async () => {
      const broken = await found(
        (parts) => ({
          ...parts,
          handIn: (run) => {
            void parts.handIn(run).catch(() => undefined);
            return Promise.resolve();
          },
        }),
        historyOf(asking, dying, losses),
      );
      expect(broken.join('\n')).toMatch(/history was told as|nobody was told the end/);
    },
    TIMEOUT_MS,
  );

  it(
    'is found: room that is made by removing all that is old, and not by names',
    async () => {
      const broken = await found(
        (parts) => ({
          ...parts,
          repositories: {
            data: { ...parts.repositories.data, remover: greedy(parts.repositories.data.remover) },
            keys: { ...parts.repositories.keys, remover: greedy(parts.repositories.keys.remover) },
          },
        }),
        historyOf(asking, dying),
      );
      expect(broken).toContain('a named snapshot is missing');
    },
    TIMEOUT_MS,
  );
});

const lastWriteWins = (documents: Documents): Documents =>
  new Proxy(documents, {
    get: (target, method) => {
      const value: unknown = Reflect.get(target, method);
      if (typeof value !== 'function') return value;
      if (method !== 'swap') return value.bind(target) as unknown;
      const swap: Documents['swap'] = async (collection, document, expected) => {
        const answer = await target.swap(collection, document, expected);
        if (answer.swapped) return answer;
        const [stored] = await target.get(collection, [document.id]);
        return target.swap(collection, document, stored?.version ?? 0);
      };
      return swap;
    },
  });

type Remover = BackupsParts['repositories']['data']['remover'];

/** Keeps the newest of all. */
const greedy = (remover: Remover): Remover => ({
  list: (watch) => remover.list(watch),
  remove: (ids, watch) => remover.remove(ids, watch),
  prune: async (watch) => {
    const snapshots = await remover.list(watch);
    await remover.remove(
      snapshots.slice(0, -1).map(({ id }) => id),
      watch,
    );
    await remover.prune(watch);
  },
});
