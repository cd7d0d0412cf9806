import { DEMO_FILE } from '#libs/platform/local';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { UsageError } from '../exit.js';

/** Which day the company is relative to, and whether all of it is there. */
export interface DemoState {
  readonly today: string;
  readonly now: number;
  readonly filled: boolean;
}

/**
 * What a data directory says of the demo company. An empty one begins it. One that a kill left half full goes on with
 * the day it began with, so every delivery is the same again. Any other belongs to somebody and is left alone.
 */
export const demoStateIn = (directory: string, fresh: () => DemoState): DemoState => {
  const file = join(directory, DEMO_FILE);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as DemoState;
  if (existsSync(directory) && readdirSync(directory).length > 0)
    throw new UsageError(
      `${directory} is not empty, and the demo company would be mixed with what is in it.`,
      'Start without --demo, or choose another place: INNKEEPER_DATA_DIR=./demo-data npm start -- --demo',
    );
  const state = fresh();
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  keepDemoState(directory, state);
  return state;
};

export const keepDemoState = (directory: string, state: DemoState): void =>
  writeFileSync(join(directory, DEMO_FILE), `${JSON.stringify(state)}\n`);
