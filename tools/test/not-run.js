import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the specs of a run said they could not run. */
export const notRunIn = (folder) => {
  const file = join(folder, 'not-run.jsonl');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line));
};

/** Once per cause, with what hangs on it and the way to change that. */
export const notRunLines = (entries) => {
  if (entries.length === 0) return [];
  const causes = Map.groupBy
    ? Map.groupBy(entries, ({ reason }) => reason)
    : new Map(entries.map((entry) => [entry.reason, [entry]]));
  const lines = [...causes.values()].flatMap((group) => [
    `  - ${[...new Set(group.map(({ what }) => what))].join('; ')}`,
    `      because: ${group[0].reason}`,
    `      to get it: ${group[0].howToGet}`,
  ]);
  return ['', 'Not run:', ...lines];
};
