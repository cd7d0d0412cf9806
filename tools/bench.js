// npm run bench -- [name…] [--json]: each figure beside its raw limit, measured in one run.
import { existsSync } from 'node:fs';

import { become } from './set-up/node.js';
import { setUp } from './set-up/index.js';
import { inRoot } from './set-up/paths.js';

await setUp();
const program = inRoot('dist/test/bench/main.js');
if (!existsSync(program)) {
  process.stderr.write('There is no test/bench/main.ts.\n');
  process.exit(2);
}
become(['--expose-gc', program, ...process.argv.slice(2)]);
