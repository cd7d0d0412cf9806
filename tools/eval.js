// npm run eval -- [--json] [--failures] [--check] [--write], or -- --fit [folder …]: questions over the demo company, asked as people ask.
import { become } from './set-up/node.js';
import { setUp } from './set-up/index.js';
import { inRoot, root } from './set-up/paths.js';

process.chdir(root);
await setUp();
become([inRoot('dist/test/eval/main.js'), ...process.argv.slice(2)]);
