import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a run keeps its servers' folders, and whose death ends them. tools/jest-run.js sets both. */
export interface TestRun {
  readonly folder: string;
  readonly owner: number;
}

let ownRun: TestRun | undefined;

export const testRun = (): TestRun => {
  const { INNKEEPER_TEST_RUN_DIR: folder, INNKEEPER_TEST_RUN_PID: owner } = process.env;
  if (folder && owner) return { folder, owner: Number(owner) };
  ownRun ??= runOfThisProcess();
  return ownRun;
};

/** Outside Jest (a bench, a trial) the process is its own run. */
const runOfThisProcess = (): TestRun => {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-test-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return { folder, owner: process.pid };
};

export interface NotRun {
  readonly what: string;
  readonly reason: string;
  readonly howToGet: string;
}

/** The runner prints these at its end: what is not tested must be said, not found out. */
export const recordNotRun = (notRun: NotRun): void => {
  const { folder } = testRun();
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, 'not-run.jsonl'), `${JSON.stringify(notRun)}\n`);
};
