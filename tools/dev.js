// npm run dev: compiles on change and starts the platform again. Arguments go to `innkeeper start`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { compile, stampNow } from './set-up/compile.js';
import { setUp } from './set-up/index.js';
import { node24 } from './set-up/node.js';
import { mainProgram, root } from './set-up/paths.js';
import { step } from './set-up/step.js';

let platform;
const start = () => {
  const args = ['--enable-source-maps', mainProgram, 'start', ...process.argv.slice(2)];
  platform = spawn(node24(), args, { cwd: root, stdio: 'inherit' });
};

const isRunning = () => platform && platform.exitCode === null && platform.signalCode === null;

const stop = async () => {
  if (!isRunning()) return;
  const ended = once(platform, 'exit');
  platform.kill('SIGTERM');
  await ended;
};

/** What does not compile leaves the platform running as it was. */
const startAgain = async () => {
  try {
    await step('Compiling', compile);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return;
  }
  await stop();
  start();
};

/**
 * Looking costs a few milliseconds; being told (fs.watch) loses a file on Linux once an editor has put another
 * in its place.
 */
const LOOK_EVERY_MS = 300;

let seen;
let built;
let work = Promise.resolve();
const look = () => {
  const now = stampNow();
  // An editor or a checkout may still be writing: only what has come to rest is built.
  if (now === seen && now !== built) {
    built = now;
    work = work.then(startAgain);
  }
  seen = now;
};

await setUp();
seen = built = stampNow();
start();
const timer = setInterval(look, LOOK_EVERY_MS);

const end = async () => {
  clearInterval(timer);
  await work;
  await stop();
  process.exit(platform?.exitCode ?? 0);
};
for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.once(signal, end);
