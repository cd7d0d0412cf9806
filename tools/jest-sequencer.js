import { statSync } from 'node:fs';

/**
 * What lasts longest, longest first. A clean clone has no record of what took how long. By size alone, Jest starts
 * the short file with two hundred kills last, when nothing is left to run beside it.
 */
const longest = [
  'test/e2e/kill.e2e.spec.ts',
  'test/e2e/backup-distributed.e2e.spec.ts',
  'test/e2e/kill-backup-servers.e2e.spec.ts',
  'test/e2e/kill-backups.e2e.spec.ts',
  'test/e2e/kill-distributed.e2e.spec.ts',
  'test/e2e/backup-restore.e2e.spec.ts',
  'test/e2e/backup-restore-s3.e2e.spec.ts',
  'test/e2e/follow-outside.e2e.spec.ts',
  'test/simulation/rebuild.spec.ts',
  'test/e2e/outage-distributed.e2e.spec.ts',
  'test/simulation/takeover.spec.ts',
  'libs/adapters/pubsub/test/bus.int.spec.ts',
  'libs/adapters/mongodb/test/documents.int.spec.ts',
  'test/simulation/spine.spec.ts',
  'test/edge/edge-doors.int.spec.ts',
  'test/e2e/erasure.e2e.spec.ts',
  'libs/adapters/pubsub/test/bus-shuffled.int.spec.ts',
  'test/e2e/roles-apart.e2e.spec.ts',
  'test/e2e/kill-indexer.e2e.spec.ts',
  'test/e2e/roles.e2e.spec.ts',
  'test/simulation/restore.spec.ts',
];

const rankOf = (path) => {
  const rank = longest.findIndex((file) => path.replaceAll('\\', '/').endsWith(`/${file}`));
  if (rank >= 0) return rank;
  const kinds = ['.e2e.spec.ts', '.int.spec.ts', '.spec.ts'];
  return longest.length + kinds.findIndex((kind) => path.endsWith(kind));
};

/** Which spec is begun when: the listed ones, whole processes, real back ends, the rest; the larger file first. */
export default class {
  sort(tests) {
    const keys = new Map(tests.map(({ path }) => [path, [rankOf(path), -statSync(path).size]]));
    return [...tests].sort((a, b) => {
      const [one, other] = [keys.get(a.path), keys.get(b.path)];
      return one[0] - other[0] || one[1] - other[1];
    });
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {
    // The list above is the same on every machine; a cache is not.
  }
}
