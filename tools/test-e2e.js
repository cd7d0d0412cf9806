// npm run test:e2e: the scenarios on real processes, in their long form.
import { setUp } from './set-up/index.js';
import { close } from './test/close.js';
import { runJest } from './test/jest.js';
import { newTally } from './test/run-checks.js';

await setUp();
const only = ['--testMatch', '**/*.e2e.spec.ts', '--runInBand'];
const args = [...only, ...process.argv.slice(2)];
close(await runJest(args, { INNKEEPER_E2E: process.env.INNKEEPER_E2E ?? 'long' }, newTally()));
