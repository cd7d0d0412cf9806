// node tools/hetzner/cut-document.js FILE: cuts the vendor's document down to the calls we use. `npm run gen` makes types of it.
import { readFileSync, writeFileSync } from 'node:fs';

import { inRoot } from '../set-up/paths.js';
import { cut } from './document.js';

const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('usage: node tools/hetzner/cut-document.js FILE\n');
  process.exit(2);
}
const document = cut(JSON.parse(readFileSync(file, 'utf8')));
writeFileSync(
  inRoot('test/fixtures/hetzner/hcloud.openapi.json'),
  `${JSON.stringify(document, null, 1)}\n`,
);
