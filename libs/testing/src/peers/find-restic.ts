import { spawnSync } from 'node:child_process';

import { programPaths } from './find-program.js';

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
