// npm run gen: writes every file that is made from the code. With --check it changes nothing and names what differs.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { become, node24 } from './set-up/node.js';
import { setUp } from './set-up/index.js';
import { inRoot } from './set-up/paths.js';

await setUp();
// The generators import the build, which runs on Node 24 only.
if (process.versions.node.startsWith('24.')) await generate(process.argv.includes('--check'));
else become([inRoot('tools/gen.js'), ...process.argv.slice(2)], node24());

/** Formatted as the rest, so that the format check has nothing to say about them. */
async function formatted(path, text) {
  const prettier = await import('prettier');
  const { ignored, inferredParser } = await prettier.getFileInfo(inRoot(path));
  if (ignored || !inferredParser) return text;
  const options = await prettier.resolveConfig(inRoot(path));
  return prettier.format(text, { ...options, filepath: inRoot(path) });
}

async function generate(onlyCheck) {
  const generators = readdirSync(inRoot('tools/gen')).filter((name) => name.endsWith('.gen.js'));
  const different = [];
  for (const name of generators) {
    const { files } = await import(`./gen/${name}`);
    for (const { path, text } of await files()) {
      const wanted = await formatted(path, text);
      const is = existsSync(inRoot(path)) ? readFileSync(inRoot(path), 'utf8') : undefined;
      if (is !== wanted) different.push({ path, wanted });
    }
  }
  if (onlyCheck) report(different);
  else different.forEach(write);
}

function report(different) {
  for (const { path } of different) process.stderr.write(`${path} is not what the code says\n`);
  if (different.length === 0) return;
  process.stderr.write('Run npm run gen and commit what it writes.\n');
  process.exitCode = 1;
}

function write({ path, wanted }) {
  mkdirSync(dirname(inRoot(path)), { recursive: true });
  writeFileSync(inRoot(path), wanted);
  process.stderr.write(`wrote ${path}\n`);
}
