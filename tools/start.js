// npm start: sets up what is missing, then starts every role in one process.
import { setUp } from './set-up/index.js';
import { become } from './set-up/node.js';
import { mainProgram, root } from './set-up/paths.js';

// The script of package.json enters tools/ for exec.cmd; paths in settings are from the root.
process.chdir(root);
await setUp();
// A batch in work lives longer than V8's usual nursery: a larger one took 481 MiB down to 382 under load.
become(['--max-semi-space-size=8', mainProgram, 'start', ...process.argv.slice(2)]);
