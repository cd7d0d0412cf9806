// The checks that need no test runner. Each gives { code, output }, or says that it could not run.
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { sourceFolders } from '../set-up/compile.js';
import { node24 } from '../set-up/node.js';
import { inRoot } from '../set-up/paths.js';
import { run } from '../set-up/run.js';

const node = (...args) => run(node24(), args);
const tool = (path, ...args) => node(inRoot('node_modules', path), ...args);

const folders = () => [
  ...(process.env.INNKEEPER_PEERS ? [join(process.env.INNKEEPER_PEERS, 'bin')] : []),
  ...(process.env.PATH ?? '').split(delimiter).filter(Boolean),
];
const programPath = (name) =>
  folders()
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));

const workflows = async () => {
  const folder = inRoot('.github/workflows');
  const files = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  const actionlint = programPath('actionlint');
  if (actionlint) return run(actionlint, files);
  const reason = 'actionlint is neither in INNKEEPER_PEERS nor on the PATH';
  const howToGet = 'go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';
  if (isRequired('actionlint')) return { code: 1, output: `${reason}. To get it: ${howToGet}.` };
  return { skipped: { what: 'workflows', reason, howToGet } };
};

/** As for the servers of the specs: what CI can have must be there. */
const isRequired = (name) =>
  (process.env.INNKEEPER_TEST_REQUIRE ?? '')
    .split(',')
    .map((required) => required.trim())
    .includes(name);

export const infraChecks = [
  { title: 'Workflows (actionlint)', run: workflows },
  { title: 'CI script (bash -n)', run: () => run('bash', ['-n', inRoot('.ci/run')]) },
];

export const checks = [
  { title: 'Lint (eslint)', run: () => tool('eslint/bin/eslint.js', '.', '--max-warnings=0') },
  {
    title: 'Format (prettier)',
    run: () => tool('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'),
  },
  { title: 'Types (tsc)', run: () => tool('typescript/bin/tsc') },
  {
    title: 'Architecture (dependency-cruiser)',
    run: () => tool('dependency-cruiser/bin/dependency-cruiser.mjs', ...sourceFolders()),
  },
  { title: 'Generated files (gen)', run: () => node(inRoot('tools/gen.js'), '--check') },
  { title: 'Frozen facts (freeze)', run: () => node(inRoot('tools/freeze.js'), '--check') },
  { title: 'Lock file', run: () => node(inRoot('tools/check-lock.js')) },
  ...infraChecks,
];
