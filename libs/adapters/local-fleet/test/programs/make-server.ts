import { Secret } from '#libs/kernel';

import { processesOf } from '../../src/processes.js';
import { localFleet } from '../../src/index.js';
import { startBehindGate } from '../../src/start-behind-gate.js';

// made FOLDER PROGRAM NAME: makes a server, says that it did, and does nothing more.
// gated FOLDER PROGRAM: starts a process that may not go yet, and says which.
const [what = '', folder = '', program = '', name = ''] = process.argv.slice(2);
if (what === 'made') {
  const fleet = localFleet({ folder, program: [program], environment: {} });
  const userData = new Secret('of one server');
  const watch = { signal: new AbortController().signal };
  const { id } = await fleet.create({ name, labels: {}, userData }, watch);
  await fleet.ready(id, watch);
  process.stdout.write('made\n');
} else {
  const gate = await startBehindGate({
    ...{ program: [program], cwd: folder, env: {}, list: processesOf(process.platform) },
    ...{ log: `${folder}/log`, begun: `${folder}/begun` },
  });
  process.stdout.write(`${gate?.leader.pid}\n`);
}
setInterval(() => undefined, 60_000);
