import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface OwnPackage {
  readonly name?: string;
  readonly version?: string;
}

/** From the package that this file lies in, be it compiled or not. */
export const ownVersion = (from: string = fileURLToPath(import.meta.url)): string => {
  const file = join(dirname(from), 'package.json');
  if (existsSync(file)) {
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as OwnPackage;
    if (name === 'innkeeper' && version !== undefined) return `innkeeper ${version}`;
  }
  return dirname(from) === from ? 'innkeeper' : ownVersion(dirname(from));
};
