// npm run check: all that npm test checks, without the tests. npm run fix mends what can be mended.
import { setUp } from './set-up/index.js';
import { checks } from './test/checks.js';
import { close } from './test/close.js';
import { runChecks } from './test/run-checks.js';

await setUp();
close(await runChecks(checks));
