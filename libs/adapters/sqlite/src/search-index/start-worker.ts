import { Worker } from 'node:worker_threads';

import type { ThreadStart } from './messages.js';

/**
 * Production runs what the build made. Specs run from source: Node reads TypeScript itself, once it is told that an
 * import of `.js` may mean `.ts`.
 */
const FROM_SOURCE = `
  import { registerHooks } from 'node:module';
  registerHooks({
    resolve(name, context, next) {
      try { return next(name, context); }
      catch (error) {
        if (!name.endsWith('.js')) throw error;
        return next(name.slice(0, -3) + '.ts', context);
      }
    },
  });
`;

/** What Node must be told to run our TypeScript as it stands. */
export const sourceFlags: readonly string[] = [
  '--conditions=source',
  '--experimental-transform-types',
  '--disable-warning=ExperimentalWarning',
  '--import',
  `data:text/javascript,${encodeURIComponent(FROM_SOURCE)}`,
];

const isSource = import.meta.url.endsWith('.ts');

export type StartWorker = (data: ThreadStart) => Worker;

export const startWorker: StartWorker = (workerData) =>
  new Worker(new URL(isSource ? './worker.ts' : './worker.js', import.meta.url), {
    workerData,
    name: `index-${workerData.role}`,
    ...(isSource && { execArgv: [...sourceFlags] }),
  });
