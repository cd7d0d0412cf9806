// npm test: every check that must hold before a merge. With arguments (npm test -- libs/intake) only Jest, with these.
import { setUp } from './set-up/index.js';
import { checks } from './test/checks.js';
import { close } from './test/close.js';
import { runJest } from './test/jest.js';
import { newTally, runChecks } from './test/run-checks.js';

const args = process.argv.slice(2);
await setUp();
const tally = newTally();
if (args.length === 0) await runChecks(checks, tally);
close(await runJest(args, { INNKEEPER_E2E: process.env.INNKEEPER_E2E ?? 'short' }, tally));
