import { describe, expect, it } from '@jest/globals';

import { searchIndexBehaviours, worldOf } from '#suites/search-index';

import { MemorySearchIndex } from '../src/memory-search-index.js';

/** A restart would lose everything, so the suite's lifetime is left out. */
describe('the search index in memory', () => {
  const index = new MemorySearchIndex();
  const same = () => Promise.resolve(index);
  const harness = { index, restart: same, unreachable: same, dispose: () => Promise.resolve() };

  for (const [behaviour, run] of Object.entries(searchIndexBehaviours))
    it(behaviour, async () => {
      await run(worldOf(harness));
      expect.hasAssertions();
    });
});
