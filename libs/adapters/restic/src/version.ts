import { spawn } from 'node:child_process';

import { fault } from '#libs/kernel';

import { systemEnvironment } from './environment.js';

export interface ResticProgram {
  /** `0.18.1`. */
  readonly version: string;
  /** Below 0.17.1 it tells a wrong password from other failures by its text alone, and says less of its work. */
  readonly isOld: boolean;
}

const OLDEST_GOOD = [0, 17, 1] as const;
const ANSWERS_WITHIN_MS = 30_000;

/** Asks the program which it is. `BACKUP_RESTIC_MISSING` where it is not on this machine or does not run. */
export const lookAtRestic = async (
  program: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ResticProgram> => {
  const version = versionIn(await said(program, environment));
  if (version === undefined) throw fault('BACKUP_RESTIC_MISSING');
  return { version, isOld: isBefore(version) };
};

export const versionIn = (output: string): string | undefined =>
  /^restic (\d+\.\d+\.\d+)/m.exec(output)?.[1];

export const isBefore = (version: string): boolean => {
  const parts = version.split('.').map(Number);
  for (const [i, least] of OLDEST_GOOD.entries()) {
    const part = parts[i] ?? 0;
    if (part !== least) return part < least;
  }
  return false;
};

const said = (
  program: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> =>
  new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(program, ['version'], {
      env: systemEnvironment(environment),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    // The option `timeout` of spawn would keep the process for as long where the program is not there.
    const slow = setTimeout(() => child.kill(), ANSWERS_WITHIN_MS);
    child.once('error', (cause) => {
      clearTimeout(slow);
      reject(fault('BACKUP_RESTIC_MISSING', { cause }));
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('close', () => {
      clearTimeout(slow);
      resolve(output);
    });
  });
