import 'reflect-metadata';

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { pinoLog, readSettings, runProcess, stopOnSignal } from '#libs/platform';

import { loadRoles } from '../../../apps/innkeeper/src/roles.js';
import { gatedBus } from './gated-bus.js';
import { monotonicMs, type Answer, type Ask, type Usage } from './messages.js';
import { NotedRecords } from './noted-records.js';

/**
 * The platform as it ships, with two additions: what it consumes waits until the bench opens the gate,
 * and it notes when each call's record is durable.
 */
const step = Number(process.env['BENCH_STEP'] ?? 10_000);
const collects = process.env['BENCH_COLLECTS'] === 'true';
const gate = Promise.withResolvers<void>();

const say = (answer: Answer): void => void process.send?.(answer);

const usage = (): Usage => {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  return { at: monotonicMs(), cpuMs: (user + system) / 1000, rss, heapUsed, recorded: noted.count };
};

const collected = (): Usage => {
  const { rss } = usage();
  globalThis.gc?.();
  return { ...usage(), rss };
};

const noted = new NotedRecords((before, now) => {
  if (Math.floor(before / step) === Math.floor(now / step)) return;
  say({ kind: 'step', usage: collects ? collected() : usage() });
});

const settings = readSettings(
  Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('INNKEEPER_'))),
  (path) => readFileSync(path, 'utf8'),
);
const log = pinoLog(settings.observing.logLevel);
const running = await runProcess(await loadRoles(), settings, log, (parts) => ({
  ...parts,
  bus: gatedBus(parts, gate.promise),
  documents: noted.in(parts),
}));
stopOnSignal({
  stop: async () => {
    gate.resolve();
    await running.stop();
  },
  deadlineMs: 60_000,
  exit: (code) => process.exit(code),
  log,
});

process.on('message', (ask: Ask) => {
  switch (ask) {
    case 'open':
      gate.resolve();
      return say({ kind: 'usage', usage: usage() });
    case 'usage':
      return say({ kind: 'usage', usage: usage() });
    case 'collect':
      return say({ kind: 'usage', usage: collected() });
    case 'times':
      return say({ kind: 'times', times: noted.take() });
  }
});
const token = readFileSync(join(settings.process.dataDir, 'secrets/aircall-token'), 'utf8').trim();
say({ kind: 'ready', url: running.url, token });
