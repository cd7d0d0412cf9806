import { afterAll, beforeAll, describe, it } from '@jest/globals';

import { expiry } from './documents-expiry.contract.js';
import { fences } from './documents-fences.contract.js';
import { lifetime, lossyLifetime } from './documents-lifetime.contract.js';
import { pages } from './documents-pages.contract.js';
import { queries } from './documents-queries.contract.js';
import { swaps } from './documents-swaps.contract.js';
import { values } from './documents-values.contract.js';
import {
  worldOf,
  type DocumentsBehaviours,
  type DocumentsHarness,
} from './documents-world.contract.js';

export {
  manualClock,
  worldOf,
  type DocumentsBehaviours,
  type DocumentsHarness,
  type DocumentsWorld,
  type ManualClock,
} from './documents-world.contract.js';
export * from './leases.contract.js';

/** Everything the port promises, by title. Functions of a world, so that a broken adapter can be shown to fail. */
export const documentsBehaviours: DocumentsBehaviours = {
  ...values,
  ...fences,
  ...swaps,
  ...queries,
  ...pages,
  ...expiry,
};

/** Registers the suite; one store serves every behaviour, each under a collection of its own. */
export const documentsContract = (
  title: string,
  makeHarness: () => Promise<DocumentsHarness>,
  { keeps = true }: { keeps?: true | { readonly not: string } } = {},
): void => {
  describe(title, () => {
    let harness: DocumentsHarness;
    beforeAll(async () => {
      harness = await makeHarness();
    }, 120_000);
    afterAll(() => harness.dispose(), 60_000);

    // The lifetime is last: a restart ends every client before it.
    const behaviours = {
      ...documentsBehaviours,
      ...(keeps === true ? lifetime : lossyLifetime(keeps.not)),
    };
    for (const [behaviour, run] of Object.entries(behaviours))
      it(behaviour, async () => run(await worldOf(harness)), 120_000);
  });
};
