// Jest's globalTeardown: ends the servers that the specs shared, says what was not run, removes the folder.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { notRunIn, notRunLines } from './test/not-run.js';

const signal = (pid, name) => {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
};

const guardsOfShared = (folder) => {
  const shared = join(folder, 'shared');
  if (!existsSync(shared)) return [];
  return readdirSync(shared)
    .filter((entry) => entry.endsWith('.json'))
    .flatMap((entry) => JSON.parse(readFileSync(join(shared, entry), 'utf8')).value ?? [])
    .map(({ guard }) => guard);
};

/** A guard ends after its server has. */
const endShared = async (folder) => {
  const guards = guardsOfShared(folder);
  for (const guard of guards) signal(guard, 'SIGTERM');
  for (let waited = 0; waited < 10_000 && guards.some((guard) => signal(guard, 0)); waited += 20) {
    await delay(20);
  }
};

export default async function tearDownRun() {
  const folder = process.env.INNKEEPER_TEST_RUN_DIR;
  await endShared(folder);
  if (process.env.INNKEEPER_TEST_RUN_OWN !== 'yes') return;
  for (const line of notRunLines(notRunIn(folder))) process.stderr.write(`${line}\n`);
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
