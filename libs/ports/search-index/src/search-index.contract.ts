import { afterAll, beforeAll, describe, it } from '@jest/globals';

import { fences } from './search-index-fences.contract.js';
import { filters } from './search-index-filters.contract.js';
import { generations } from './search-index-generations.contract.js';
import { lifetime } from './search-index-lifetime.contract.js';
import { terms } from './search-index-terms.contract.js';
import { units } from './search-index-units.contract.js';
import { vectorRules } from './search-index-vector-rules.contract.js';
import { vectors } from './search-index-vectors.contract.js';
import { vocabulary } from './search-index-vocabulary.contract.js';
import {
  worldOf,
  type SearchIndexBehaviours,
  type SearchIndexHarness,
  type WholeIndex,
} from './search-index-world.contract.js';

export {
  anyDirection,
  at,
  cosineOf,
  nearestTo,
  vectorFor,
} from './search-index-directions.contract.js';
export {
  asking,
  foundBy,
  hashes,
  numbered,
  termsOf,
  unitOf,
  worldOf,
  type SearchIndexBehaviours,
  type SearchIndexHarness,
  type SearchIndexWorld,
  type WholeIndex,
} from './search-index-world.contract.js';

/** Everything the port promises, by title. Functions of a world, so that a broken adapter can be shown to fail. */
export const searchIndexBehaviours: SearchIndexBehaviours = {
  ...fences,
  ...units,
  ...filters,
  ...terms,
  ...generations,
  ...vocabulary,
  ...vectors,
  ...vectorRules,
};

/** Registers the suite; one store serves every behaviour, each in generations of its own. */
export const searchIndexContract = (
  title: string,
  makeHarness: () => Promise<SearchIndexHarness>,
): void => {
  describe(title, () => {
    let harness: SearchIndexHarness;
    let index: WholeIndex;
    beforeAll(async () => {
      harness = await makeHarness();
      index = harness.index;
    }, 120_000);
    afterAll(() => harness.dispose(), 60_000);

    for (const [behaviour, run] of Object.entries(searchIndexBehaviours))
      it(behaviour, () => run(worldOf(harness, index)), 120_000);

    // The lifetime is last: a restart ends the client before it.
    for (const [behaviour, run] of Object.entries(lifetime))
      it(
        behaviour,
        async () => {
          index = await harness.restart();
          await run(worldOf(harness, index));
        },
        120_000,
      );
  });
};
