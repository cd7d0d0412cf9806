import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the specs could not run in this run, once each, with the way to change that. */
export const notRunLines = (folder) => {
  const file = join(folder, 'not-run.jsonl');
  if (!existsSync(file)) return [];
  const entries = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const lines = entries.map(
    ({ what, reason, howToGet }) => `  - ${what}: ${reason}. To get it: ${howToGet}.`,
  );
  return ['Not run:', ...new Set(lines)];
};
