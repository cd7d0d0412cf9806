import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { atMost, median, type Bench } from './figure.js';
import { inScratchFolder } from './scratch-folder.js';

const program = fileURLToPath(new URL('../../apps/innkeeper/src/main.js', import.meta.url));
const STARTS = 5;
const IDLE_MS = 10_000;
const READY = 'Innkeeper is ready: ';

/** Starts the built program as a user has it; answers once it is ready. */
const start = async (folder: string) => {
  const began = performance.now();
  const child = spawn(process.execPath, ['--max-semi-space-size=8', program, 'start'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      INNKEEPER_DATA_DIR: folder,
      INNKEEPER_HTTP_PORT: '0',
      INNKEEPER_METRICS_OPEN: 'true',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith(READY)) continue;
    return { child, url: line.slice(READY.length), ms: performance.now() - began };
  }
  throw new Error('the platform did not start');
};

const residentBytes = async (url: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1]);
};

export const starting: Bench = {
  name: 'start',
  means: 'the built program, from its start to its ready line, and its memory when idle',
  run: () =>
    inScratchFolder(async (folder) => {
      const times: number[] = [];
      let idle = 0;
      for (let i = 0; i < STARTS; i++) {
        // A data directory of its own each time: the first start also makes everything.
        const { child, url, ms } = await start(join(folder, `${i}`));
        times.push(ms);
        if (i === 0) {
          await delay(IDLE_MS);
          idle = await residentBytes(url);
        }
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      return [
        atMost('start to ready, median of five', median(times) / 1000, 's', 1),
        atMost('memory when idle, 10 s after the start', idle / 1024 / 1024, 'MiB', 150),
      ];
    }),
};
