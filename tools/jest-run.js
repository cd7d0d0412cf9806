// Jest's globalSetup: gives the run a folder and an owner. Test servers live in the one and die with the other.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default function setUpRun() {
  process.env.INNKEEPER_TEST_RUN_PID = String(process.pid);
  if (process.env.INNKEEPER_TEST_RUN_DIR) return;
  process.env.INNKEEPER_TEST_RUN_DIR = mkdtempSync(join(tmpdir(), 'innkeeper-test-'));
  process.env.INNKEEPER_TEST_RUN_OWN = 'yes';
}
