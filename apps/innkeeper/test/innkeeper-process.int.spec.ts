import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const program = join(root, 'dist/apps/innkeeper/src/main.js');
const ended = join(root, 'test/fixtures/aircall/call.ended.answered.json');

/** Names every module that was loaded, on stderr, at the end. */
const nameLoaded = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  import { writeSync } from 'node:fs';
  const loaded = [];
  registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
  process.on('exit', () => writeSync(2, loaded.join('\\n')));
`)}`;

const folder = mkdtempSync(join(tmpdir(), 'innkeeper-process-'));

const begin = (words: readonly string[], flags: readonly string[] = []): ChildProcess =>
  spawn(process.execPath, [...flags, program, ...words], {
    env: {
      PATH: process.env['PATH'] ?? '',
      INNKEEPER_DATA_DIR: folder,
      INNKEEPER_HTTP_PORT: '0',
      INNKEEPER_CANARY_SECONDS: '0',
      INNKEEPER_BACKUP_SCHEDULE: 'off',
      INNKEEPER_LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const readAll = (stream: ChildProcess['stdout']): Promise<string> =>
  stream ? text(stream) : Promise.resolve('');

const type = async (words: readonly string[], flags?: readonly string[]) => {
  const child = begin(words, flags);
  const [out, err] = await Promise.all([
    readAll(child.stdout),
    readAll(child.stderr),
    once(child, 'close'),
  ]);
  return { code: child.exitCode, out, err };
};

const firstLine = async (child: ChildProcess): Promise<string> => {
  if (!child.stdout) return '';
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return line;
};

describe('the innkeeper program', () => {
  let platform: ChildProcess;
  let ready: string;
  let said = '';
  beforeAll(async () => {
    platform = begin(['start']);
    platform.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    ready = await firstLine(platform);
  });
  afterAll(async () => {
    if (platform.exitCode === null && platform.signalCode === null) {
      platform.kill('SIGKILL');
      await once(platform, 'exit');
    }
    rmSync(folder, { recursive: true });
  });

  it('says that it is ready, alone on stdout', () => {
    expect(ready).toMatch(/^Innkeeper is ready: http:\/\/127\.0\.0\.1:\d+$/);
    expect(said).toBe(`${ready}\n`);
  });

  it('does not start twice on one data directory, and says who holds it', async () => {
    const { code, out, err } = await type(['start']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`pid=${platform.pid}`);
  });

  it('starts only roles there are', async () => {
    const { code, err } = await type(['start', '--roles', 'api,cook']);
    expect(code).toBe(2);
    expect(err).toContain('INNKEEPER_ROLES: expected names out of');
  });

  it('loads neither Nest nor a driver for a command', async () => {
    const commands = [['token'], ['doctor'], ['facts'], ['settings'], ['send', 'aircall', ended]];
    for (const words of commands) {
      const { code, err } = await type(words, ['--import', nameLoaded]);
      expect({ words, code }).toEqual({ words, code: 0 });
      expect(err).toContain('/apps/innkeeper/src/main.js');
      expect(err).not.toMatch(/node_modules\/(@nestjs|mongodb|@google-cloud|fastify|pino)\//);
    }
    const help = await type(['--help'], ['--import', nameLoaded]);
    expect(help.err).not.toMatch(/node_modules\/(zod|jose)\//);
  });

  it('paints nothing in a pipe', async () => {
    for (const words of [['doctor'], ['deliveries'], ['trace', 'call/nobody']]) {
      const { out, err } = await type(words);
      expect(out + err).not.toContain('\u001b');
    }
  });

  it('ends well when its reader has seen enough', async () => {
    const following = begin(['facts', '--follow', '--json']);
    await firstLine(following);
    const over = once(following, 'exit');
    following.stdout?.destroy();
    await type(['send', 'aircall', ended.replace('call.ended.answered', 'call.hungup')]);
    await over;
    expect(following.exitCode).toBe(0);
  });

  it('ends well on Ctrl-C while it follows', async () => {
    const following = begin(['facts', '--follow']);
    await firstLine(following);
    following.kill('SIGINT');
    await once(following, 'exit');
    expect(following.exitCode).toBe(0);
  });

  it('drains and exits 0 when it is told to stop', async () => {
    platform.kill('SIGTERM');
    await once(platform, 'exit');
    expect(platform.exitCode).toBe(0);
    expect(await type(['doctor'])).toMatchObject({ code: 3 });
  });
});
