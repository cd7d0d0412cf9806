import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { bundleProgram, removeProgram, RunningProgram } from '#libs/testing';

import { DrilledProcess } from '../src/composition/drilled-process.js';

const SAYS_WHAT_IT_HAS = `
  import { writeFileSync } from 'node:fs';
  const { argv, env, pid } = process;
  writeFileSync(env.INNKEEPER_DATA_DIR + '/said', JSON.stringify({ argv, env, pid }));
`;
const READY = `process.stdout.write('Innkeeper is ready: http://127.0.0.1:9\\n');`;
const HANGS = 'setInterval(() => undefined, 1000);';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'innkeeper-drill-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const program = (...lines: readonly string[]): string => {
  const file = join(folder, 'program.mjs');
  writeFileSync(file, [SAYS_WHAT_IT_HAS, ...lines].join('\n'));
  return file;
};

interface Said {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly pid: number;
}

const said = async (): Promise<Said> => {
  const file = join(folder, 'said');
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await delay(20);
  return JSON.parse(readFileSync(file, 'utf8')) as Said;
};

const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const start = (file: string, signal = new AbortController().signal) =>
  DrilledProcess.start(
    [file],
    { environment: { INNKEEPER_DATA_DIR: folder }, dataDir: '' },
    signal,
  );

describe('a platform that is started for a drill', () => {
  it('knows nothing of the process that starts it', async () => {
    const started = await start(program(READY, HANGS));
    const { env, argv, pid } = await said();
    await started?.end();
    expect(started?.url).toBe('http://127.0.0.1:9');
    expect(Object.keys(env).sort()).toEqual([
      'INNKEEPER_BACKUP_SCHEDULE',
      'INNKEEPER_CANARY_SECONDS',
      'INNKEEPER_DATA_DIR',
      'INNKEEPER_HTTP_HOST',
      'INNKEEPER_HTTP_PORT',
      'INNKEEPER_LOG_LEVEL',
      'INNKEEPER_ROLES',
    ]);
    expect(argv).toHaveLength(2);
    expect(isThere(pid)).toBe(false);
  });

  it('is nothing where it ends before it is ready', async () => {
    expect(await start(program('process.exit(2);'))).toBeUndefined();
  });

  it('is nothing, and gone, where it is not ready in time', async () => {
    const environment = { INNKEEPER_DATA_DIR: folder };
    const { signal } = new AbortController();
    const file = program(HANGS);
    expect(
      await DrilledProcess.start([file], { environment, dataDir: '' }, signal, 1),
    ).toBeUndefined();
  });

  it('is gone when the drill is stopped, before it is ready and after', async () => {
    const enough = new Error('enough');
    for (const lines of [[HANGS], [READY, HANGS]]) {
      rmSync(join(folder, 'said'), { force: true });
      const stop = new AbortController();
      const starting = start(program(...lines), stop.signal);
      const { pid } = await said();
      const started = lines.length > 1 ? await starting : undefined;
      stop.abort(enough);
      if (!started) await expect(starting).rejects.toBe(enough);
      await started?.end();
      expect(isThere(pid)).toBe(false);
    }
  });

  it('ends with the process that started it, though that one is killed', async () => {
    const parent = await bundleProgram(new URL('./drill-parent.ts', import.meta.url));
    try {
      const running = new RunningProgram(parent, [program(READY, HANGS), folder]);
      expect(await running.line()).toBe('http://127.0.0.1:9');
      const { pid } = await said();
      running.child.kill('SIGKILL');
      await once(running.child, 'exit');
      while (isThere(pid)) await delay(20);
    } finally {
      await removeProgram(parent);
    }
  });
});
