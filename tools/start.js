// npm start: whatever set-up is missing, then every role in one process.
import { setUp } from './set-up/index.js';
import { become } from './set-up/node.js';
import { mainProgram, root } from './set-up/paths.js';

// The script of package.json enters tools/ for exec.cmd; paths in settings are from the root.
process.chdir(root);
await setUp();
become([mainProgram, 'start', ...process.argv.slice(2)]);
