import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { node24 } from '../set-up/node.js';
import { inRoot, root } from '../set-up/paths.js';
import { notRunIn } from './not-run.js';

const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

/** Jest writes its progress, and each failure in full, to stderr; the counts come from its report. */
const spawnJest = (args, env) =>
  new Promise((resolve, reject) => {
    const program = inRoot('node_modules/jest/bin/jest.js');
    const jest = spawn(node24(), [...flags, program, ...args], {
      cwd: root,
      stdio: ['inherit', 'ignore', 'inherit'],
      env: { ...process.env, ...env },
    });
    // Jest ends its workers; ending us must not leave it behind.
    const pass = (signal) => jest.kill(signal);
    for (const signal of ['SIGTERM', 'SIGHUP']) process.once(signal, pass);
    jest.on('error', reject);
    jest.on('exit', (code) => resolve(code ?? 1));
  });

const readReport = (file) =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;

const count = (tally, report, code) => {
  tally.passed += report?.numPassedTests ?? 0;
  tally.skipped += (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  const failed = (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0);
  // A run that failed without a failed test (no test found, an open handle, a crash) is a failure too.
  tally.failed += failed === 0 && code !== 0 ? 1 : failed;
};

export const runJest = async (args, env, tally) => {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-test-'));
  const file = join(folder, 'report.json');
  try {
    const report = ['--json', `--outputFile=${file}`];
    const code = await spawnJest([...report, ...args], { ...env, INNKEEPER_TEST_RUN_DIR: folder });
    count(tally, readReport(file), code);
    tally.notRun.push(...notRunIn(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
  return tally;
};
