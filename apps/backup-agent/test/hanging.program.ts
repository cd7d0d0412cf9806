import { deadMan } from '../src/dead-man.js';

const [off = ''] = process.argv.slice(2);
deadMan(1_000, ['/usr/bin/touch', off]);
// The thread has to begin before everything stops.
setTimeout(() => {
  for (;;);
}, 500);
