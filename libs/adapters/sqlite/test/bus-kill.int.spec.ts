import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';

import { systemClock } from '#libs/kernel';
import { Consumer, declare, numbered, text } from '#suites/bus';
import { HANG_MS } from '#libs/testing';

import { SqliteDatabase, sqliteBus } from '../src/index.js';

describe('the bus on SQLite, killed with -9', () => {
  const { topic, all, subscriptions } = declare(['a'], { batch: 5 });
  const [subscription] = subscriptions;
  let folder: string;
  let program: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'innkeeper-bus-kill-'));
    program = join(folder, 'child.mjs');
    await build({
      entryPoints: [fileURLToPath(new URL('./bus-child.ts', import.meta.url))],
      ...{ bundle: true, platform: 'node', format: 'esm', conditions: ['source'] },
      ...{ outfile: program, packages: 'external', logLevel: 'error' },
    });
  });
  afterAll(() => rm(folder, { recursive: true }));

  const open = async (name: string) => {
    const path = join(folder, name);
    const database = new SqliteDatabase(path);
    const bus = sqliteBus({ database, clock: systemClock });
    await bus.create(all, subscriptions);
    const close = async () => {
      await bus.close();
      await database.close();
    };
    return { path, bus, close };
  };

  const start = (mode: string, path: string): ChildProcess =>
    spawn(process.execPath, [program, mode, path, JSON.stringify(subscription)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });

  const killWhen = async (child: ChildProcess, enough: (line: string) => boolean) => {
    const lines: string[] = [];
    if (!child.stdout) throw new Error('the child has no output');
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (enough(line)) child.kill('SIGKILL');
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    return lines;
  };

  const takeAll = async (name: string) => {
    const { bus, close } = await open(name);
    const { waiting } = await bus.backlog(subscription);
    const consumer = await Consumer.start({ patienceMs: HANG_MS }, bus, subscription);
    await consumer.until('for the backlog', ({ seen }) => seen.length >= waiting);
    await consumer.consumption.close();
    expect(await bus.backlog(subscription)).toEqual({ waiting: 0, oldestMs: 0 });
    await close();
    return consumer;
  };

  it('delivers again all that was in work, as the same attempt, and nothing that was done', async () => {
    const { path, bus, close } = await open('consume.db');
    await bus.publish(topic, numbered(20).map(text));
    await close();
    const [line] = await killWhen(start('consume', path), (said) => said.startsWith('working'));
    expect(line).toBe(`working ${numbered(20).slice(10, 15).join(' ')}`);
    const { seen, bodies } = await takeAll('consume.db');
    expect(bodies.sort()).toEqual(numbered(20).slice(10).sort());
    expect(seen.every(({ attempt }) => attempt === 1)).toBe(true);
  });

  it('has every message whose publishing was answered', async () => {
    const { path, close } = await open('publish.db');
    await close();
    const answered = await killWhen(start('publish', path), (number) => number === '100');
    const { bodies } = await takeAll('publish.db');
    expect(bodies).toEqual(expect.arrayContaining(answered.map((number) => `m${number}`)));
    expect(new Set(bodies).size).toBe(bodies.length);
  });
});
