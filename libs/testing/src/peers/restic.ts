import { spawnSync } from 'node:child_process';

import { describe, it } from '@jest/globals';

import { programPaths } from './find-program.js';
import { isRequired } from './required.js';
import { recordNotRun } from './test-run.js';

/** `restic`: 0.17.1 or later. `restic-old`: an earlier one, as distributions have it. */
export type ResticAge = 'restic' | 'restic-old';

export interface FoundRestic {
  readonly path: string;
  readonly version: string;
}

const versionAt = (path: string): string | undefined => {
  const { stdout } = spawnSync(path, ['version'], { encoding: 'utf8', timeout: 30_000 });
  return /^restic (\d+\.\d+\.\d+)/.exec(stdout)?.[1];
};

const isOld = (version: string): boolean => {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return major * 10_000 + minor * 100 + patch < 1701;
};

/** In INNKEEPER_PEERS or on the PATH. */
export const findRestic = (age: ResticAge): FoundRestic | undefined =>
  programPaths('restic')
    .map((path) => ({ path, version: versionAt(path) ?? '' }))
    .find(({ version }) => version !== '' && isOld(version) === (age === 'restic-old'));

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
