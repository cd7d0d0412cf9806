// npm run infra: what is checked of the infrastructure.
import { setUp } from './set-up/index.js';
import { infraChecks } from './test/checks.js';
import { close } from './test/close.js';
import { runChecks } from './test/run-checks.js';

await setUp({ compiled: false });
close(await runChecks(infraChecks));
