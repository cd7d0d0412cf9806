import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import type { findRestic as FindRestic } from '#libs/testing';

import { atMost, median, type Bench } from '../figure.js';
import { inScratchFolder } from '../scratch-folder.js';

// By its file: the whole of #libs/testing needs a test runner.
const { findRestic } = (await import(
  new URL('../../../libs/testing/src/peers/find-restic.js', import.meta.url).href
)) as { findRestic: typeof FindRestic };

const program = fileURLToPath(new URL('../../../apps/innkeeper/src/main.js', import.meta.url));
const NAME = 'whole run on a small platform, with a drill, median of three';
const GOAL_SECONDS = 30;
const RUNS = 3;
const READY = 'Innkeeper is ready: ';

/** As a person does it: the built program, and its command line until the run has ended well. */
export const wholeRun: Bench['run'] = async ({ progress }) => {
  const restic = findRestic('restic');
  if (!restic) return [{ name: NAME, notRun: 'no restic here' }];
  return inScratchFolder(async (folder) => {
    const env = {
      PATH: `${dirname(restic.path)}:${process.env['PATH'] ?? ''}`,
      INNKEEPER_DATA_DIR: join(folder, 'data'),
      INNKEEPER_HTTP_PORT: '0',
      INNKEEPER_BACKUP_SCHEDULE: 'off',
    };
    const platform = spawn(process.execPath, [program, 'start'], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      for await (const line of createInterface({ input: platform.stdout }))
        if (line.startsWith(READY)) break;
      const times: number[] = [];
      for (let run = 0; run < RUNS; run++) {
        progress(`run ${run + 1} of ${RUNS}`);
        const began = performance.now();
        // It exits with a failure where the run does.
        await promisify(execFile)(process.execPath, [program, 'backup', 'run', '--json'], { env });
        times.push((performance.now() - began) / 1000);
      }
      return [atMost(NAME, median(times), 's', GOAL_SECONDS)];
    } finally {
      platform.kill('SIGTERM');
      await once(platform, 'exit');
    }
  });
};
