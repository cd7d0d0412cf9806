import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { DATA_FORMAT } from './data-directory.js';

interface OwnPackage {
  readonly root: string;
  readonly version: string;
}

/** The package that this file lies in, be it compiled or not. */
const packageAbove = (path: string): OwnPackage | undefined => {
  const root = dirname(path);
  const file = join(root, 'package.json');
  if (existsSync(file)) {
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    if (name === 'innkeeper') return { root, version: version ?? 'unknown' };
  }
  return root === path ? undefined : packageAbove(root);
};

const ownPackage = (): OwnPackage | undefined => packageAbove(fileURLToPath(import.meta.url));

/** What wrote a backup: our release, and the layout of its data directory. */
export const ownVersions = (): Readonly<Record<string, string>> => ({
  innkeeper: ownPackage()?.version ?? 'unknown',
  data: String(DATA_FORMAT),
});

/** What starts Innkeeper with any role, also from a program that has only some. */
export const ownProgram = (): readonly [file: string, ...words: string[]] => [
  join(ownPackage()?.root ?? '', 'dist/apps/innkeeper/src/main.js'),
  'start',
];

/** What works for a backup on a server of this machine. */
export const ownAgent = (): readonly [program: string, file: string] => [
  process.execPath,
  join(ownPackage()?.root ?? '', 'dist/apps/backup-agent/src/main.js'),
];
