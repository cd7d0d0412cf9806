// npm run fix: mends what a machine can mend; npm run check says what is left.
import { setUp } from './set-up/index.js';
import { node24 } from './set-up/node.js';
import { inRoot } from './set-up/paths.js';
import { run } from './set-up/run.js';
import { runChecks } from './test/run-checks.js';

const tool = (path, ...args) => run(node24(), [inRoot(path), ...args]);

await setUp();
const { failed } = await runChecks([
  { title: 'Generate', run: () => tool('tools/gen.js') },
  { title: 'Lint', run: () => tool('node_modules/eslint/bin/eslint.js', '.', '--fix') },
  {
    title: 'Format',
    run: () => tool('node_modules/prettier/bin/prettier.cjs', '--write', '--log-level=warn', '.'),
  },
]);
process.exitCode = failed > 0 ? 1 : 0;
