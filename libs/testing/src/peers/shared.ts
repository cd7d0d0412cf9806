import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';

import { HANG_MS } from './hang.js';
import { testRun } from './test-run.js';

type Outcome<T> = { readonly value: T } | { readonly error: string };

/**
 * Starts a thing once per run, for the process that asks first; the others get its description. What it describes
 * must live as long as the run (`lifetime: 'run'`).
 */
export const oncePerRun = async <T>(name: string, start: () => Promise<T>): Promise<T> => {
  const folder = join(testRun().folder, 'shared');
  const file = join(folder, `${name}.json`);
  mkdirSync(folder, { recursive: true });
  if (isFirst(join(folder, `${name}.lock`))) await write(file, start);
  const deadline = Date.now() + HANG_MS;
  while (!existsSync(file)) {
    if (Date.now() > deadline) throw new Error(`${name}: whoever was starting it never finished`);
    await delay(25);
  }
  const outcome = JSON.parse(readFileSync(file, 'utf8')) as Outcome<T>;
  if ('error' in outcome) throw new Error(`${name} could not be started: ${outcome.error}`);
  return outcome.value;
};

const isFirst = (lock: string): boolean => {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
};

const write = async <T>(file: string, start: () => Promise<T>): Promise<void> => {
  const outcome: Outcome<T> = await start().then(
    (value) => ({ value }),
    (error: unknown) => ({ error: inspect(error) }),
  );
  writeFileSync(`${file}.new`, JSON.stringify(outcome));
  renameSync(`${file}.new`, file);
};
