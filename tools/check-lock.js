// Fails when package-lock.json lacks an entry that `npm ci` will ask for: the lock leaves out a platform package that
// could not be looked up. It also fails when the lock names the host a package came from.
import { readFileSync } from 'node:fs';

import { inRoot } from './set-up/paths.js';

const text = readFileSync(inRoot('package-lock.json'), 'utf8');
const { packages } = JSON.parse(text);

const isThere = (name, from) => {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true;
    if (!at) return false;
  }
};

const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {}, version }]) =>
  Object.keys(optionalDependencies)
    .filter((name) => !isThere(name, path))
    .map((name) => `${name} (wanted by ${path || 'the project'}@${version})`),
);
if (/"resolved": "https?:/.test(text)) missing.push('a "resolved" address: the lock names a host');
if (missing.length > 0) {
  process.stderr.write(`package-lock.json is not complete:\n  ${missing.join('\n  ')}\n`);
  process.exit(1);
}
