import { describe, it } from '@jest/globals';

import { findRestic, type FoundRestic, type ResticAge } from './find-restic.js';
import { isRequired } from './required.js';
import { recordNotRun } from './test-run.js';

const howToGet = {
  restic: 'put restic 0.17.1 or later on the PATH, or into bin/ of the folder INNKEEPER_PEERS',
  'restic-old': 'install restic 0.14 of Debian 12 (apt-get install restic)',
} as const;

/** A `describe` for a restic of this age; without one it reports itself as not run, or fails where it is required. */
export const describeRestic = (
  age: ResticAge,
  title: string,
  body: (restic: FoundRestic) => void,
): void => {
  const found = findRestic(age);
  if (found) {
    describe(`${title} (restic ${found.version})`, () => body(found));
    return;
  }
  const reason = `${age} is neither in INNKEEPER_PEERS nor on the PATH`;
  describe(title, () => {
    if (isRequired(age)) {
      it(`has ${age}, which INNKEEPER_TEST_REQUIRE demands`, () => {
        throw new Error(`${reason}. To get it: ${howToGet[age]}.`);
      });
      return;
    }
    recordNotRun({ what: title, reason, howToGet: howToGet[age] });
    it.skip(`is not run: ${reason}`, () => undefined);
  });
};
