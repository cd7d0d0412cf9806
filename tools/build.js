// npm run build: makes dist/ again, stale or not.
import { compile } from './set-up/compile.js';
import { setUp } from './set-up/index.js';
import { step } from './set-up/step.js';

await setUp({ compiled: false });
await step('Compiling', compile).catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
