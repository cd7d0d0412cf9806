// npm run freeze: freezes what facts are. A released fact may gain an optional field; anything else is refused.
// With --check it changes nothing and tells what is not frozen as the code says it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

import { setUp } from './set-up/index.js';
import { become, node24 } from './set-up/node.js';
import { inRoot } from './set-up/paths.js';

await setUp();
// It imports the build, which runs on Node 24 only.
if (process.versions.node.startsWith('24.')) await freeze(process.argv.includes('--check'));
else become([inRoot('tools/freeze.js'), ...process.argv.slice(2)], node24());

async function freeze(onlyCheck) {
  const { factDefinitions, freezeFacts } = await import('#libs/contracts');
  const { webHash } = await import('#libs/kernel');
  const { written, says, refused } = await freezeFacts({
    definitions: factDefinitions.values(),
    files: frozenFiles(),
    hash: webHash,
  });
  if (onlyCheck) report(says);
  else write(written, says);
  for (const sentence of refused) process.stderr.write(`refused: ${sentence}\n`);
  if (refused.length > 0) process.exitCode = 1;
}

function frozenFiles() {
  const names = readdirSync(inRoot('libs/contracts/frozen'));
  return new Map(names.map((name) => [name, readFileSync(pathOf(name), 'utf8')]));
}

function report(says) {
  if (says.length === 0) return;
  for (const sentence of says) process.stderr.write(`not frozen yet: ${sentence}\n`);
  process.stderr.write('Run npm run freeze and commit what it writes.\n');
  process.exitCode = 1;
}

function write(written, says) {
  for (const [name, text] of written) writeFileSync(pathOf(name), text);
  for (const sentence of says) process.stdout.write(`${sentence}\n`);
  if (says.length === 0) process.stdout.write('Nothing to freeze.\n');
}

function pathOf(name) {
  return inRoot(`libs/contracts/frozen/${name}`);
}
