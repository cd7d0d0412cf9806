// npm start: whatever set-up is missing, then every role in one process.
import { become } from './set-up/node.js';
import { setUp } from './set-up/index.js';
import { mainProgram } from './set-up/paths.js';

await setUp();
become([mainProgram, 'start', ...process.argv.slice(2)]);
