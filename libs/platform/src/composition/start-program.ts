import { readFileSync } from 'node:fs';

import { codes, Fault } from '#libs/kernel';

import { stopOnSignal } from '../http/stop-on-signal.js';
import { pinoLog } from '../logs/pino-log.js';
import { builtRoles } from '../roles.js';
import { readSettings, type Settings } from '../settings/read-settings.js';
import { SettingsError } from '../settings/settings-error.js';
import { runProcess, type RoleModules, type RunningProcess } from './run-process.js';
import { writeSummary } from './summary.js';

/** Wrong usage or settings: somebody has to change something before another start makes sense. */
const EXIT_MISCONFIGURED = 2;
const EXIT_FAILED = 1;

/** The whole of a `main.ts`: settings, parts, roles, the ready line, and a clean stop. */
export const startProgram = async (
  modules: RoleModules,
  env: Readonly<Record<string, string | undefined>> = process.env,
  /** Runs once everything listens, and before it is said to be ready. */
  prepare: (running: RunningProcess, settings: Settings) => Promise<void> = () => Promise.resolve(),
): Promise<void> => {
  let settings: Settings;
  try {
    settings = readSettings(withOwnRoles(modules, env), (path) => readFileSync(path, 'utf8'));
  } catch (error) {
    stopBecause(error);
    return;
  }
  const log = pinoLog(settings.observing.logLevel);
  try {
    const running = await runProcess(modules, settings, log);
    stopOnSignal({
      stop: running.stop,
      deadlineMs: settings.process.shutdownSeconds * 1000,
      exit: (code) => process.exit(code),
      log,
    });
    await writeSummary(settings, running, process.stderr);
    await prepare(running, settings);
    process.stdout.write(`Innkeeper is ready: ${running.url}\n`);
  } catch (error) {
    if (!(error instanceof Fault) || error.kind === 'defect')
      log.error('process.failed', { error });
    stopBecause(error);
  }
};

/** A program with some of the roles has those by default, and needs no settings of the others. */
const withOwnRoles = (
  modules: RoleModules,
  env: Readonly<Record<string, string | undefined>>,
): typeof env => {
  const own = builtRoles.filter((role) => modules[role]);
  const asked = env['INNKEEPER_ROLES'] || env['INNKEEPER_ROLES_FILE'];
  return asked || own.length === builtRoles.length ? env : { ...env, INNKEEPER_ROLES: own.join() };
};

/** One line per trouble and what to do, for a person; the exit code is for the program that started this one. */
const stopBecause = (error: unknown): void => {
  if (error instanceof SettingsError) process.stderr.write(`${error.lines.join('\n')}\n`);
  else if (error instanceof Fault)
    process.stderr.write(`${error.code}: ${error.message}\n${codes[error.code].remedy}\n`);
  const misconfigured = error instanceof Fault && error.kind === 'misconfigured';
  process.exitCode = misconfigured ? EXIT_MISCONFIGURED : EXIT_FAILED;
};
