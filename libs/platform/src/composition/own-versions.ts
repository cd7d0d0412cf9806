import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { DATA_FORMAT } from './data-directory.js';

interface OwnPackage {
  readonly name?: string;
  readonly version?: string;
}

/** What wrote a backup: our release, and the layout of its data directory. */
export const ownVersions = (): Readonly<Record<string, string>> => ({
  innkeeper: versionAbove(fileURLToPath(import.meta.url)) ?? 'unknown',
  data: String(DATA_FORMAT),
});

/** From the package that this file lies in, be it compiled or not. */
const versionAbove = (path: string): string | undefined => {
  const folder = dirname(path);
  const file = join(folder, 'package.json');
  if (existsSync(file)) {
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as OwnPackage;
    if (name === 'innkeeper') return version;
  }
  return folder === path ? undefined : versionAbove(folder);
};
