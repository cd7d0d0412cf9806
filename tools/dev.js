// npm run dev: compiles on change and starts the platform again.
import { spawn } from 'node:child_process';

import { sourceFolders, swcProgram } from './set-up/compile.js';
import { setUp } from './set-up/index.js';
import { node24 } from './set-up/node.js';
import { mainProgram, root } from './set-up/paths.js';

await setUp();
const node = node24();
const start = (args) => spawn(node, args, { cwd: root, stdio: 'inherit' });
const children = [
  start([swcProgram, ...sourceFolders(), '-d', 'dist', '--watch', '--quiet']),
  start([
    ...[
      '--watch',
      '--watch-preserve-output',
      '--enable-source-maps',
      '--disable-warning=ExperimentalWarning',
    ],
    ...[mainProgram, 'start', ...process.argv.slice(2)],
  ]),
];
const end = (signal) => children.forEach((child) => child.kill(signal));
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => end(signal));
process.on('SIGINT', () => process.stdin.isTTY || end('SIGINT'));
// One without the other is no use: when either ends, both do.
for (const child of children) child.on('exit', () => end('SIGTERM'));
