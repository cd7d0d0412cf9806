import 'reflect-metadata';

import { readFileSync } from 'node:fs';

import { pinoLog, readSettings, runProcess, stopOnSignal } from '#libs/platform';

import { loadRoles } from '../../apps/innkeeper/src/roles.js';
import { killingBackupAt, readBackupKillPoint } from './harness/backup-kill-point.js';
import { CLOCK_JUMP_MS } from './harness/clock-jump.js';
import { killingAt, readKillPoint } from './harness/kill-point.js';
import { isPlant, plants } from './harness/planted.js';
import { killingServerAt, readServerKillPoint } from './harness/server-kill-point.js';

/**
 * The platform as it ships, except that it dies of kill -9 at the port call that KILL_AT names, or has the
 * fault that PLANTED names. Its clock may be ahead, by CLOCK_AHEAD_MS, and goes on by minutes at each SIGUSR2.
 */
let aheadMs = Number(process.env['CLOCK_AHEAD_MS'] ?? 0);
const now = Date.now.bind(Date);
Date.now = () => now() + aheadMs;
// What libraries wait for is an end that they make in one way and look at in the other.
globalThis.Date = new Proxy(Date, {
  construct: (date, args: [], made) =>
    Reflect.construct(date, args.length > 0 ? args : [Date.now()], made) as object,
});
process.on('SIGUSR2', () => (aheadMs += CLOCK_JUMP_MS));
const settings = readSettings(
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => /^(?:AWS|INNKEEPER)_/.test(name)),
  ),
  (path) => readFileSync(path, 'utf8'),
);
const log = pinoLog(settings.observing.logLevel);
const point = readKillPoint(process.env['KILL_AT']);
const backupPoint = readBackupKillPoint(process.env['KILL_AT']);
const serverPoint = readServerKillPoint(process.env['KILL_AT']);
const plant = process.env['PLANTED'];
const running = await runProcess(await loadRoles(), settings, log, (parts) => {
  const planted = isPlant(plant) ? plants[plant](parts) : parts;
  if (backupPoint) return killingBackupAt(backupPoint, planted);
  const dataDir = process.env['INNKEEPER_DATA_DIR'] ?? '';
  if (serverPoint) return killingServerAt(serverPoint, planted, dataDir);
  return point ? killingAt(point, planted) : planted;
});
stopOnSignal({ stop: running.stop, deadlineMs: 20_000, exit: (code) => process.exit(code), log });
process.stdout.write(`ready ${running.url}\n`);
